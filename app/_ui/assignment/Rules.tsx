/** What holds in an assignment, in words: attempts, time, late work, what is allowed. */
import { workText as text } from '#/app/_text/en/people/work.ts'
import type { MyAssignment } from '#/classroom/assignments/mine.ts'
import type { LatePolicy } from '#/classroom/grades/late-policy.ts'
import type { Terms } from '#/classroom/grades/terms.ts'

export function Rules({ mine }: { mine: MyAssignment }) {
  const rows = rowsOf(mine)
  return (
    <section aria-labelledby="rules">
      <h3 id="rules" className="caps text-muted">
        {text.rules}
      </h3>
      <dl className="mt-3 grid gap-x-6 gap-y-1.5 text-sm sm:grid-cols-[9rem_minmax(0,1fr)]">
        {rows.map(([name, words]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="mb-1.5 sm:mb-0">{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function rowsOf({ assignment, dates, labs }: MyAssignment): [string, string][] {
  const { counting, terms, latePolicy, seedPolicy } = assignment
  const most = labs[0]?.most ?? null
  const ends = dates.moments.lateDueAt ?? dates.moments.dueAt
  const time = dates.minutes === null ? (ends ? text.untilEnd : text.noTime) : text.minutes(dates.minutes)
  return [
    [text.attempts, `${most ?? text.asMany}${most === 1 ? '' : `; ${text.counting[counting]}`}`],
    [text.time, time],
    [text.lateWork, lateWords(latePolicy, dates.moments)],
    [
      text.allowed,
      [
        hintWords(terms),
        terms.liveMap ? text.map : text.noMap,
        terms.rewind ? text.rewind : text.noRewind,
      ].join('; '),
    ],
    [text.variant, text.variants[seedPolicy]],
  ]
}

/** What was seen cannot be unseen, and costs as it would where hints are allowed. */
function hintWords({ hints, hintCost }: Terms): string {
  if (hints) return text.hints(hintCost)
  return hintCost > 0 ? text.noHints : text.noHintsFree
}

function lateWords(policy: LatePolicy, { dueAt, lateDueAt }: MyAssignment['dates']['moments']): string {
  if (dueAt === null) return text.notLate
  if (lateDueAt === null) return text.notAccepted
  const grace = policy.graceMinutes > 0 ? [text.grace(policy.graceMinutes)] : []
  return [...taken(policy), ...grace].join('; ')
}

function taken(policy: LatePolicy): string[] {
  if (policy.kind === 'perDay')
    return [policy.percent === 0 ? text.notLate : text.perDay(policy.percent, policy.cap)]
  const steps = policy.steps.map(({ afterHours, percent }) => text.step(afterHours, percent))
  return policy.cap < 100 ? [...steps, text.cap(policy.cap)] : steps
}
