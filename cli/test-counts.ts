/**
 * Counts of a test run: from vitest's report, added up, in the closing line that machines read. Knows no test.
 */
import { z } from 'zod'
import { read } from './home.ts'

export interface Counts {
  passed: number
  failed: number
  skipped: number
  /** Somebody pressed Ctrl-C: nothing more is run. */
  interrupted: boolean
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0, interrupted: false }

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  interrupted: a.interrupted || b.interrupted,
})

/** The exact form that test runners' readers know. */
export const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number().default(0),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

/** A report that is missing, a file that could not even be loaded, an exit code that nothing explains: each counts as a failure. */
export function countVitest(reportPath: string, exitCode: number): Counts {
  const report = parse(read(reportPath))
  if (!report) return { ...noCounts, failed: 1 }
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length
  const failed = report.numFailedTests + brokenFiles
  return {
    ...noCounts,
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

function parse(text: string | null) {
  if (text === null) return null
  try {
    return reportSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
