/** What a learner still has to hand in, wherever they are in: title, cohort, until when, how much. Nothing when there is nothing. */

import { workText as text } from '#/app/_text/en/people/work.ts'
import type { DueWork } from '#/classroom/assignments/due.ts'
import { Link } from '../control/Link.tsx'
import { Dates } from './Dates.tsx'

export function DueList({ works, className = '' }: { works: DueWork[]; className?: string }) {
  if (works.length === 0) return null
  return (
    <section aria-labelledby="due" className={className}>
      <h2 id="due" className="caps text-muted">
        {text.toHandIn}
      </h2>
      <ul className="mt-4 border-t border-rule">
        {works.map(({ id, title, cohort, dates, left, labs }) => (
          <li
            key={id}
            className="grid gap-x-10 gap-y-1 border-b border-rule py-4 md:grid-cols-[minmax(0,3fr)_minmax(0,3fr)_auto]"
          >
            <p className="min-w-0 break-words">
              <Link href={`/assignments/${id}`} className="link font-medium">
                {title}
              </Link>
              <span className="text-sm text-muted"> · {cohort.name}</span>
            </p>
            <div className="text-sm">
              <Dates timeZone={cohort.timeZone} releaseAt={null} dates={dates} />
            </div>
            <p className="figures text-sm text-muted">{text.labsLeft(left, labs)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
