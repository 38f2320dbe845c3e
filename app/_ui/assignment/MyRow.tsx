/** An assignment in the list of a learner: title, until when, how far they are. */

import { workText as text } from '#/app/_text/en/people/work.ts'
import type { MyAssignment } from '#/classroom/assignments/mine.ts'
import { Link } from '../control/Link.tsx'
import { Dates } from './Dates.tsx'
import { GradeState } from './GradeState.tsx'
import { totalWords } from './total.ts'

export function MyRow({ mine, titles }: { mine: MyAssignment; titles: ReadonlyMap<string, string> }) {
  const { assignment, labs, total } = mine
  return (
    <li className="grid gap-x-10 gap-y-3 border-b border-rule py-5 md:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_minmax(0,2fr)]">
      <div className="min-w-0">
        <Link
          href={`/assignments/${assignment.id}`}
          className="break-words font-serif text-[1.375rem] font-medium tracking-[-0.012em] decoration-amber decoration-2 underline-offset-4 hover:underline"
        >
          {assignment.title}
        </Link>
        <p className="figures mt-1 text-sm text-muted">{mine.excused ? text.excused : totalWords(total)}</p>
      </div>
      <div className="text-sm">
        <Dates timeZone={assignment.timeZone} releaseAt={assignment.moments.releaseAt} dates={mine.dates} />
      </div>
      <ul className="space-y-1 text-sm">
        {labs.map(({ lab, state, share }) => (
          <li key={lab} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="min-w-0">{titles.get(lab) ?? lab}</span>
            <span className="figures">
              <GradeState state={state} />
              {share !== null && ` · ${text.share(share)}`}
            </span>
          </li>
        ))}
      </ul>
    </li>
  )
}
