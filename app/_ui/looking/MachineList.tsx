/** Machines of a cohort's learners, by name. Links only. */

import { lookText as text } from '#/app/_text/en/people/look.ts'
import type { LookView } from '#/classroom/looking/looks.ts'
import type { CohortView } from '#/classroom/types.ts'
import { momentIn } from '../cohort/dates.ts'
import { Link } from '../control/Link.tsx'

interface Props {
  cohort: CohortView
  machines: (LookView & { title: string })[]
}

export function MachineList({ cohort, machines }: Props) {
  if (machines.length === 0) return <p className="mt-8 text-muted">{text.empty}</p>
  return (
    <ul className="mt-6 border-t border-rule">
      {machines.map(({ attempt, learner, title, since, graded }) => (
        <li
          key={attempt}
          className="grid gap-x-8 gap-y-1 border-b border-rule py-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto_auto]"
        >
          <p className="min-w-0 break-words font-medium">
            <bdi>{learner.name}</bdi>
          </p>
          <p className="min-w-0 break-words text-sm text-muted">
            {title}
            {graded && ` · ${text.graded}`}
          </p>
          <time dateTime={since} className="figures text-sm text-muted">
            {momentIn(cohort.timeZone, since)}
          </time>
          <Link
            href={`/cohorts/${cohort.id}/look/${attempt}`}
            className="link text-sm"
            aria-label={text.lookAt(learner.name, title)}
          >
            {text.look}
          </Link>
        </li>
      ))}
    </ul>
  )
}
