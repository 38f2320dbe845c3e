/** An assignment in the list of who teaches: title, dates in the cohort's zone, what there is to do with it. */

import { assignmentText as text } from '#/app/_text/en/people/assignment.ts'
import type { AssignmentView } from '#/classroom/assignments/assignments.ts'
import type { CohortView } from '#/classroom/types.ts'
import { momentIn } from '../cohort/dates.ts'
import { Link } from '../control/Link.tsx'
import { ShapeNone, ShapePass } from '../control/Shape.tsx'

export function AssignmentRow({ cohort, assignment }: { cohort: CohortView; assignment: AssignmentView }) {
  const { id, title, labs, publishedAt } = assignment
  return (
    <li className="grid items-baseline gap-x-8 gap-y-1 border-b border-rule py-4 sm:grid-cols-[minmax(0,3fr)_minmax(0,3fr)_auto]">
      <div className="min-w-0">
        <Link
          href={`/assignments/${id}${cohort.may.assign ? '/edit' : ''}`}
          className="break-words font-serif text-[1.25rem] font-medium tracking-[-0.012em] decoration-amber decoration-2 underline-offset-4 hover:underline"
        >
          {title}
        </Link>
        <p className="mt-0.5 flex items-baseline gap-2 text-sm text-muted">
          {publishedAt ? (
            <ShapePass className="translate-y-px text-green" />
          ) : (
            <ShapeNone className="translate-y-px" />
          )}
          {[
            publishedAt ? text.published : text.draft,
            text.labs(labs.length),
            assignment.begun ? text.begun : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <p className="figures text-sm text-muted">{datesOf(cohort.timeZone, assignment).join(', ')}</p>
      {cohort.may.grades && (
        <p className="text-sm">
          <Link href={`/assignments/${id}/extensions`} className="link" aria-label={text.extensionsOf(title)}>
            {text.extensions}
          </Link>
        </p>
      )}
    </li>
  )
}

function datesOf(timeZone: string, { moments }: AssignmentView): string[] {
  const { releaseAt, dueAt, lateDueAt } = moments
  return [
    ...(releaseAt ? [text.opens(momentIn(timeZone, releaseAt))] : []),
    dueAt ? text.due(momentIn(timeZone, dueAt)) : text.noDue,
    ...(lateDueAt ? [text.lateUntil(momentIn(timeZone, lateDueAt))] : []),
  ]
}
