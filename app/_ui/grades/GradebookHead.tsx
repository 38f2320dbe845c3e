/** The heads of the gradebook: assignments above, their labs below. */

import { gradesText as text } from '#/app/_text/en/people/grades.ts'
import type { GradebookColumn } from '#/classroom/assignments/gradebook.ts'
import { dateIn } from '../cohort/dates.ts'
import { Link } from '../control/Link.tsx'

interface Props {
  columns: readonly GradebookColumn[]
  titles: Record<string, string>
  timeZone: string
  mayGrade: boolean
}

export function GradebookHead({ columns, titles, timeZone, mayGrade }: Props) {
  let index = 1
  const heads = columns.map((one) => {
    const span = one.labs.length + (one.labs.length > 1 ? 1 : 0)
    const from = index + 1
    index += span
    return { ...one, span, from }
  })
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not drawn have no place in a table element
    <div role="rowgroup" className="gradebook-head">
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="row" tabIndex={-1} aria-rowindex={1}>
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="columnheader" tabIndex={-1} aria-colindex={1} aria-rowspan={2} className="gradebook-name">
          {text.learner}
        </div>
        {heads.map(({ id, title, dueAt, span, from, labs }) => (
          // biome-ignore lint/a11y/useSemanticElements: see above
          <div
            key={id}
            role="columnheader"
            tabIndex={-1}
            aria-colindex={from}
            aria-colspan={span}
            className="gradebook-of"
            style={{ width: `calc(${labs.length} * var(--lab) + ${span - labs.length} * var(--total))` }}
          >
            <p className="truncate font-medium" title={title}>
              {title}
            </p>
            <p className="truncate text-muted">
              {dueAt && text.due(dateIn(timeZone, dueAt))}
              {mayGrade && (
                <>
                  {dueAt && ' · '}
                  <Link
                    href={`/assignments/${id}/regrade`}
                    className="link"
                    aria-label={text.regradeOf(title)}
                  >
                    {text.regrade}
                  </Link>
                </>
              )}
            </p>
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div role="row" tabIndex={-1} aria-rowindex={2}>
        <div className="gradebook-name" aria-hidden="true" style={{ flex: 'none' }} />
        {heads.flatMap(({ id, title, labs, from }) => [
          ...labs.map(({ lab }, i) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            <div
              key={`${id} ${lab}`}
              role="columnheader"
              tabIndex={-1}
              aria-colindex={from + i}
              title={titles[lab] ?? lab}
              className={`text-muted ${i === 0 ? 'gradebook-of' : ''}`}
              style={{ width: 'var(--lab)' }}
            >
              <span className="line-clamp-2 leading-4">{titles[lab] ?? lab}</span>
            </div>
          )),
          ...(labs.length > 1
            ? [
                // biome-ignore lint/a11y/useSemanticElements: see above
                <div
                  key={`${id} total`}
                  role="columnheader"
                  tabIndex={-1}
                  aria-colindex={from + labs.length}
                  aria-label={text.totalOf(title)}
                  style={{ width: 'var(--total)' }}
                >
                  {text.total}
                </div>,
              ]
            : []),
        ])}
      </div>
    </div>
  )
}
