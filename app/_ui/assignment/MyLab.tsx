/** One lab of an assignment as its learner sees it: where they are, what is left, the next step, and all that was handed in. */

import { workText as text } from '#/app/_text/en/people/work.ts'
import type { MyLab as Mine } from '#/classroom/assignments/mine.ts'
import { momentIn } from '../cohort/dates.ts'
import { buttonClass } from '../control/Button.tsx'
import { Link } from '../control/Link.tsx'
import { GradeState } from './GradeState.tsx'
import { Here } from './Here.tsx'
import { LastCheck } from './LastCheck.tsx'
import { MySubmission } from './MySubmission.tsx'

interface Props {
  assignment: string
  title: string
  timeZone: string
  mine: Mine
  /** Of the assignment, 0 to 1; null where it is the only lab. */
  weight: number | null
  /** Whether whoever looks is a learner here, and so may begin. */
  mayWork: boolean
}

export function MyLab({ assignment, title, timeZone, mine, weight, mayWork }: Props) {
  const { lab, state, share, used, most, open, closed, lastCheck, submissions } = mine
  const isDue = submissions.some((one) => one.state === 'due')
  return (
    <section aria-labelledby={`lab-${lab}`} className="border-t border-rule py-7">
      <div className="flex flex-wrap items-baseline justify-between gap-x-8 gap-y-1">
        <h3 id={`lab-${lab}`} className="font-serif text-[1.375rem] font-medium tracking-[-0.012em]">
          {title}
        </h3>
        <p className="flex flex-wrap items-baseline gap-x-4">
          {share !== null && <span className="figures text-[1.25rem] font-medium">{text.share(share)}</span>}
          <span className="text-sm">
            <GradeState state={state} word={isDue && share === null ? text.checking : undefined} />
          </span>
        </p>
      </div>
      <p className="figures mt-1 text-sm text-muted">
        {[weight === null ? '' : text.weight(weight), text.left(used, most)].filter(Boolean).join(' · ')}
      </p>
      {mayWork && (
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
          {open ? (
            <>
              <Link
                href={`/assignments/${assignment}/${lab}`}
                className={buttonClass('primary')}
                aria-label={text.goOnOf(title)}
              >
                {text.goOn}
              </Link>
              {open.deadlineAt && (
                <span className="figures text-muted">
                  {text.endsAt(momentIn(timeZone, open.deadlineAt), timeZone)}
                  <Here moment={open.deadlineAt} timeZone={timeZone} />
                </span>
              )}
            </>
          ) : closed ? (
            <p className="text-muted">{text.closed[closed]}</p>
          ) : (
            !isDue && (
              <Link
                href={`/assignments/${assignment}/${lab}`}
                className={buttonClass(used === 0 ? 'primary' : 'plain')}
                aria-label={text.beginOf(title)}
              >
                {used === 0 ? text.begin : text.beginAgain}
              </Link>
            )
          )}
        </div>
      )}
      {mayWork && lastCheck && (
        <LastCheck assignment={assignment} title={title} timeZone={timeZone} check={lastCheck} />
      )}
      {submissions.length > 0 && (
        <ol reversed className="mt-5 space-y-6">
          {submissions.map((one) => (
            <li key={one.id}>
              <MySubmission submission={one} timeZone={timeZone} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
