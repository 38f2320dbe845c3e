/** Until when an assignment is to be done: in the cohort's zone, on the reader's own clock where that differs, and whether the dates are theirs alone. */
import { workText as text } from '#/app/_text/en/people/work.ts'
import type { MyDates } from '#/classroom/assignments/mine.ts'
import { momentIn } from '../cohort/dates.ts'
import { Here } from './Here.tsx'

interface Props {
  timeZone: string
  /** Null, or over: it is open. */
  releaseAt: string | null
  dates: MyDates
}

export function Dates({ timeZone, releaseAt, dates }: Props) {
  const { dueAt, lateDueAt } = dates.moments
  const isAhead = releaseAt !== null && Date.parse(releaseAt) > Date.now()
  return (
    <div className="space-y-1.5">
      {isAhead && (
        <p>
          <time dateTime={releaseAt} className="figures">
            {text.opens(momentIn(timeZone, releaseAt), timeZone)}
          </time>
          <Here moment={releaseAt} timeZone={timeZone} />
        </p>
      )}
      <p className="font-medium">
        {dueAt ? (
          <>
            <time dateTime={dueAt} className="figures">
              {text.due(momentIn(timeZone, dueAt), timeZone)}
            </time>
            <Here moment={dueAt} timeZone={timeZone} />
          </>
        ) : (
          text.noDue
        )}
      </p>
      {lateDueAt && lateDueAt !== dueAt && (
        <p>
          <time dateTime={lateDueAt} className="figures">
            {text.late(momentIn(timeZone, lateDueAt))}
          </time>
          <Here moment={lateDueAt} timeZone={timeZone} />
        </p>
      )}
      {dates.own && <p className="text-sm text-muted">{text.own}</p>}
    </div>
  )
}
