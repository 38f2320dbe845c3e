/** Texts of a verdict. */

import type { CriterionKind, Status } from '#/grader/verdict.ts'
import { locale, texts } from '../language.ts'

export const verdictText = /* @__PURE__ */ texts('verdictText', {
  none: 'No verdict yet. Fill in the diagnosis, mend the machine, and check; you can check as often as you like.',
  protocol: (number: number) => `Protocol ${number}`,
  status: {
    pass: 'passed',
    fail: 'not passed',
    error: 'not judged: something of ours failed',
    not_gradable: 'not gradable',
  } satisfies Record<Status, string>,
  criterion: { pass: 'pass', fail: 'fail', error: 'error', not_gradable: 'not gradable' } satisfies Record<
    Status,
    string
  >,
  partly: 'in part',
  kind: {
    baseline: 'Before',
    diagnosis: 'Diagnosis',
    repair: 'Repair',
    behaviour: 'Behaviour',
    collateral: 'Nothing else harmed',
  } satisfies Record<CriterionKind, string>,
  points: (points: number, max: number) => `${tidy(points)} / ${max}`,
  said: (protocol: string, status: string, score: string) => `${protocol}: ${status}, ${score}.`,
  score: (score: number, max: number) => `${tidy(score)} of ${max} points`,
  lessHints: (count: number, cost: number, score: number) =>
    `less ${cost} for ${count === 1 ? 'one hint' : `${count} hints`}: ${score}`,
  debrief: 'Debrief',
  columns: { before: 'Before', after: 'After' },
  notCounted:
    'This check could not be judged. It does not count, and it cost nothing. Check again, or reset the machine.',
  history: 'Earlier protocols',
  earlierMachine: 'an earlier machine',
  took: (time: string) => `judged in ${time}`,
  work: {
    title: 'How you got there',
    commands: (count: number, older: boolean) =>
      count === 1 ? '1 command' : older ? `the last ${count} commands` : `${count} commands`,
    note: 'This does not count. You see it; what you hand in for an assignment your instructors see, too. Times run from the start of the machine.',
    theirs: {
      title: 'How they got there',
      note: 'As the shells of the machine remember it, which root can write at will: it earned nothing. Times run from the start of the machine.',
    },
    tool: 'Looked with',
    count: 'Commands',
    first: 'First at',
    proof: 'First look at',
    unseen: 'none seen',
    noTime: 'no time',
    list: 'Commands, oldest first',
  },
} as const)

/** A third of a hundred has no end. */
const tidy = (points: number): number => Math.round(points * 100) / 100

/** A time of day, as this language writes it where the browser is. */
export const clock = (time: string): string =>
  new Date(time).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })

/** A length of time: 4:05, 1:02:05. */
export function elapsed(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`
}
