/** Texts of assignments for who learns: dates, what is left, how a grade came about, handing in. */
import { texts } from '../../language.ts'

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`
const times = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${many}`

export const workText = /* @__PURE__ */ texts('workText', {
  back: 'To the assignments',
  toHandIn: 'To hand in',
  labsLeft: (count: number, all: number) => `${count} of ${times(all, 'lab', 'labs')} left`,
  due: (when: string, zone: string) => `Due ${when} (${zone})`,
  noDue: 'No due date',
  late: (when: string) => `Late work counts until ${when}`,
  opens: (when: string, zone: string) => `Opens ${when} (${zone})`,
  own: 'These dates are yours: your instructor has given you other terms than the others.',
  here: (when: string, zone: string) => `${when} where you are (${zone})`,
  excused: 'You are excused from this assignment: it counts for nothing, neither for nor against.',
  staff: 'You see what learners see. Who is not a learner of this cohort cannot begin it.',
  total: (share: number | null) => (share === null ? 'Nothing counts yet' : `${percent(share)} so far`),
  undecided: 'One lab could not be judged: your instructor decides, unless you hand it in again',
  totalLabel: 'Grade of the assignment',
  rules: 'What holds here',
  attempts: 'Attempts at each lab',
  asMany: 'as many as you like',
  counting: { best: 'the best one counts', last: 'the last one counts', first: 'the first one counts' },
  time: 'Time',
  minutes: (count: number) =>
    `${times(count, 'minute', 'minutes')} for each attempt; then it hands itself in`,
  untilEnd: 'until it closes; then it hands itself in, or its last check when its machine is gone by then',
  noTime: 'no limit',
  lateWork: 'Late work',
  notLate: 'nothing is taken off',
  notAccepted: 'does not count',
  perDay: (share: number, cap: number) =>
    `${share} % of the full mark for each begun day${cap < 100 ? `, at most ${cap} %` : ''}`,
  step: (hours: number, share: number) => `${share} % after ${times(hours, 'hour', 'hours')}`,
  cap: (cap: number) => `at most ${cap} %`,
  grace: (minutes: number) => `nothing is late in the first ${times(minutes, 'minute', 'minutes')}`,
  allowed: 'Allowed',
  hints: (factor: number) =>
    factor === 1
      ? 'hints, at their usual price'
      : factor === 0
        ? 'hints, for free'
        : `hints, at ${factor} times their price`,
  noHints: 'no hints; those that you saw before still cost',
  noHintsFree: 'no hints; those that you saw before cost nothing',
  map: 'the live map, once you gave a diagnosis',
  noMap: 'no live map',
  rewind: 'going back in time',
  noRewind: 'no going back in time',
  variant: 'Variant',
  variants: {
    learner: 'yours alone, the same in every attempt',
    attempt: 'a new one in every attempt',
    cohort: 'the same for everybody',
  },
  weight: (share: number) => `${percent(share)} of the assignment`,
  states: {
    not_started: 'not started',
    running: 'running',
    submitted: 'handed in',
    late: 'handed in late',
    excused: 'excused',
    error: 'could not be judged',
  },
  checking: 'handed in, being checked',
  share: percent,
  left: (used: number, most: number | null) =>
    most === null
      ? times(used, 'attempt handed in', 'attempts handed in')
      : `${times(most - used, 'attempt', 'attempts')} of ${most} left`,
  begin: 'Begin',
  beginAgain: 'Begin another attempt',
  goOn: 'Go on',
  beginOf: (title: string) => `Begin ${title}`,
  goOnOf: (title: string) => `Go on with ${title}`,
  endsAt: (when: string, zone: string) => `hands itself in on ${when} (${zone})`,
  lastCheck: {
    said: (passed: boolean, when: string, zone: string) =>
      `The machine of your last attempt is not there any more. Its last check, ${when} (${zone}), ${
        passed ? 'passed' : 'did not pass'
      }.`,
    counts:
      'You can hand this check in: it counts as handed in when it was made. If nothing else is handed in, that is done for you when the assignment closes.',
    handIn: 'Hand in its last check',
    handInOf: (title: string) => `Hand in the last check of ${title}`,
  },
  closed: {
    'not-released': 'It is not open yet.',
    'too-late':
      'It is closed. Ask your instructor if you need more time; the lab can be practised from its chapter.',
    'none-left':
      'All attempts are handed in. The lab can be practised from its chapter; it does not count there.',
    excused: 'You are excused.',
  },
  handed: {
    title: 'Handed in',
    at: (when: string, zone: string) => `Handed in ${when} (${zone})`,
    nothing: 'Nothing was handed in',
    automatic: 'by itself, at the end of its time',
    counts: 'this one counts',
    due: 'It is being checked. The verdict will stand here in a moment.',
    free: 'It cost no attempt.',
    how: 'How it came about',
    judged: 'Verdict',
    hints: (count: number) => `Less ${times(count, 'hint', 'hints')}`,
    late: 'Less for being late',
    is: 'Grade',
    override: 'Set by an instructor',
    regrade: 'It was judged again from what was kept.',
    criteria: 'The verdict',
  },
  bench: {
    back: (title: string) => `Back to the assignment: ${title}`,
    note: (attempt: number, most: number | null, minutes: number | null) =>
      [
        most === null
          ? `This is work on an assignment.`
          : `This is attempt ${attempt} of ${most} of an assignment.`,
        minutes === null
          ? ''
          : `It takes ${times(minutes, 'minute', 'minutes')} at most, from the moment its machine is ready.`,
        'Check as often as you like: only what you hand in counts. Your instructors can look at it, with the recordings of your shells.',
      ]
        .filter(Boolean)
        .join(' '),
    handIn: 'Hand in',
    handing: 'Handing in',
    title: 'Hand this in?',
    body: (withDiagnosis: boolean, questions: boolean) =>
      `The attempt is frozen as it is now: the machine, what its check says and what it says it from, and the recordings of your shells, which your instructors can look at. It is checked one last time; then the machine ends. ${
        withDiagnosis
          ? `What stands in your ${questions ? 'sheet' : 'diagnosis'} is handed in with it.`
          : `Your ${questions ? 'sheet' : 'diagnosis'} is empty: its points will not be given.`
      }`,
    yes: 'Hand in',
    no: 'Keep working',
    incomplete: {
      code: 'incomplete',
      message: 'The diagnosis is not complete, so nothing was handed in yet.',
      remedy: 'Fill in its empty fields, or empty them all to hand in without it.',
    },
    sheetWrong: {
      code: 'incomplete',
      message: 'Some figures of the sheet are no whole numbers, so nothing was handed in yet.',
      remedy: 'Mend or empty them, then hand in.',
    },
    expired: {
      code: 'expired',
      message:
        'The machine is gone. If the time of this attempt was over, or you handed it in elsewhere, it is handed in as it was.',
      remedy: 'The page of the assignment says how it was judged, and what is left.',
    },
    kept: {
      note: 'Should your time be up first, what stands here is handed in.',
      partial: (questions: boolean) =>
        questions
          ? 'What is no whole number is not handed in; should your time be up first, the other figures are.'
          : 'It is not complete. Should your time be up first, it is handed in as it was when it last was complete, or left out.',
      failed: 'What stands here could not be kept by the server. It is tried again every few seconds.',
    },
    deadline: (time: string, at: string) => `hands itself in at ${at}, ${time} left`,
    over: 'time is over: it is being handed in',
    announce: (minutes: number) =>
      `Less than ${minutes === 1 ? 'one minute' : `${minutes} minutes`} until this attempt hands itself in.`,
    hidden: 'This assignment hides the live map. The tools in the terminal tell the same.',
  },
} as const)
