/** Texts of the gradebook, of overriding and excusing, and of judging again. */
import { locale, texts } from '../../language.ts'

const people = (count: number): string =>
  count === 1 ? '1 learner' : `${count.toLocaleString(locale)} learners`
const percent = (share: number): string => `${Math.round(share * 100)} %`

export const gradesText = /* @__PURE__ */ texts('gradesText', {
  title: 'Gradebook',
  empty: 'No assignment is published yet. What is published has its columns here.',
  nobody: 'No learner is like that.',
  noLearner:
    'No learner is in this cohort yet. Its people are added by a roster, by hand, or join by its link.',
  csv: 'All of it as CSV',
  filters: 'Who is shown',
  name: 'Name or login',
  state: 'With a lab that is',
  anyState: 'in any state',
  assignment: 'In',
  anyAssignment: 'any assignment',
  count: people,
  learner: 'Learner',
  total: 'Total',
  totalOf: (title: string) => `Total of ${title}`,
  /** In its column: one lab could not be judged. */
  undecided: 'undecided',
  due: (when: string) => `due ${when}`,
  states: {
    not_started: 'not started',
    running: 'running',
    submitted: 'submitted',
    late: 'late',
    excused: 'excused',
    error: 'error',
  },
  percent,
  none: '–',
  loading: '…',
  overridden: 'set by an instructor',
  attempts: (count: number) => (count === 1 ? '1 attempt' : `${count} attempts`),
  keys: 'Arrows go from cell to cell, Home and End to the ends of a row, Page Up and Page Down further. Enter opens a grade.',
  cell: ({
    lab,
    state,
    share,
    overridden,
  }: {
    lab: string
    state: string
    share: number | null
    overridden: boolean
  }) =>
    [lab, state, share === null ? '' : percent(share), overridden ? 'set by an instructor' : '']
      .filter(Boolean)
      .join(', '),
  again: 'Try again',
  regrade: 'Judge again',
  regradeOf: (title: string) => `Judge ${title} again`,
  sheet: {
    of: (lab: string, assignment: string) => `${lab} · ${assignment}`,
    close: 'Close',
    look: 'Look at what was handed in',
    override: 'Set the grade',
    overrideLead:
      'It stands as it is: nothing is taken off for hints or for being late. What was judged before stays in the history.',
    nothingLead:
      'Nothing was handed in here. The grade stands as you set it, also against what is handed in later, and costs no attempt.',
    percent: 'Percent of the full mark',
    reason: 'Why',
    reasonHint: 'It stands in the log, and the learner reads it.',
    set: 'Set the grade',
    excuse: 'Excuse',
    excuseLead: 'This assignment then counts for nothing for them, neither for nor against.',
    excuseReasonHint: 'It stands in the log. Not shown to the learner in the course; it is in their export.',
    terms: 'Other terms for them',
    again: 'Judge this one again',
  },
  regrading: {
    title: 'Judge again',
    lead: 'From what was stored at the check, by the judge as it is now. You see first who would change; nothing is changed before you say so. What was judged before stays in the history.',
    scope: 'What is judged',
    all: 'The whole assignment',
    lab: (title: string) => `Only ${title}`,
    one: (name: string) => `What ${name} handed in. A grade that an instructor has set is taken back by it.`,
    show: 'Show who would change',
    looking: 'Judging. Nothing is changed by this.',
    none: (judged: number) =>
      `${judged === 1 ? 'One submission was' : `${judged} submissions were`} judged, and nothing would change.`,
    would: (changes: number, judged: number) => `${changes} of ${judged} would change`,
    kept: {
      overridden: (count: number) => `${count} left as they are: an instructor has set their grade.`,
      withoutEvidence: (count: number) =>
        `${count} left as they are: nothing was stored that could be judged.`,
      failed: (count: number) => `${count} left as they are: the judge cannot say.`,
    },
    columns: { learner: 'Learner', lab: 'Lab', before: 'Now', after: 'Then' },
    score: (score: number, max: number) => `${Math.round(score * 10) / 10} of ${max}`,
    noGrade: 'no grade',
    apply: (count: number) => (count === 1 ? 'Change this one' : `Change these ${count}`),
    applying: 'Changing',
    applied: (count: number) =>
      count === 1 ? 'One was changed. It stands in the log.' : `${count} were changed. It stands in the log.`,
    more: (count: number) => `and ${count} more`,
    look: 'Look',
    lookOf: (name: string) => `Look at what ${name} handed in`,
  },
} as const)
