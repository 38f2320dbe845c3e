/** Texts of the report on what a class did. */
import { texts } from '../../language.ts'

const minutes = (seconds: number): string =>
  seconds < 90
    ? `${seconds} s`
    : seconds < 5_400
      ? `${Math.round(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`

export const reportText = /* @__PURE__ */ texts('reportText', {
  title: 'Report',
  lead: 'What the learners of this cohort did, in practice and in its assignments. Times run from the start of the machine on which it came about.',
  empty: 'Nobody has started a lab yet.',
  labs: 'What the class found hard',
  labsLead: 'The hardest first: fewest passed, then the longest way to the diagnosis.',
  rows: 'Each learner',
  rowsOf: (name: string) => `Report on ${name}`,
  back: 'The whole cohort',
  csv: 'As CSV',
  print: 'Print',
  time: (seconds: number | null) => (seconds === null ? '–' : minutes(Math.round(seconds))),
  share: (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`),
  of: (some: number, all: number) => `${some} of ${all}`,
  hard: (title: string, learners: number) => `${title} (${learners})`,
  injected: 'broken anew',
  columns: {
    lab: 'Lab',
    learner: 'Learner',
    passed: 'Passed',
    diagnosed: 'Diagnosed',
    medianDiagnosis: 'Median to diagnosis',
    medianPass: 'Median to pass',
    wrongFixes: 'Wrong fixes',
    hints: 'Hints',
    hard: 'Failed at most first checks',
    diagnosis: 'To diagnosis',
    pass: 'To pass',
    checks: 'Checks',
    best: 'Best',
  },
  notes: [
    'Diagnosis: the first check in which all that it asks for was right.',
    'Wrong fixes: checks that failed after something had been changed on the machine, before the first that passed. It is read from what the shell remembers, which its user may write; where nothing is remembered, every failed check counts.',
    'Checks that ended in an error are not counted at all.',
  ],
} as const)
