/**
 * Counts of a test run: from vitest's report, added up, in the closing line that machines read. Knows no test.
 */
import { relative } from 'node:path'
import { z } from 'zod'
import { read } from './home.ts'

export interface Counts {
  passed: number
  failed: number
  skipped: number
  /** What failed and why, a line each: said once more at the end, which is what is left of a long log. */
  losses: string[]
  /** Somebody pressed Ctrl-C: nothing more is run. */
  interrupted: boolean
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0, losses: [], interrupted: false }

export const add = (a: Counts, b: Counts): Counts => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  losses: [...a.losses, ...b.losses],
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
  testResults: z.array(
    z.object({
      name: z.string().default(''),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string().default(''),
          status: z.string().default(''),
          failureMessages: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
})

/** A report that is missing, a file that could not even be loaded, an exit code that nothing explains: each counts as a failure. */
export function countVitest(reportPath: string, exitCode: number): Counts {
  const report = parse(read(reportPath))
  if (!report) return { ...noCounts, failed: 1 }
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  const failed = report.numFailedTests + brokenFiles.length
  return {
    ...noCounts,
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    losses: [
      ...brokenFiles.map(({ name, message }) => loss(name, message)),
      ...report.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName, failureMessages }) => loss(`${name} > ${fullName}`, failureMessages[0] ?? '')),
      ),
    ],
  }
}

/** The first line of the message tells most; the whole one stands in the log. */
const loss = (name: string, message: string): string =>
  `${relative(process.cwd(), name)}: ${message.split('\n')[0]?.slice(0, 300) ?? ''}`

function parse(text: string | null) {
  if (text === null) return null
  try {
    return reportSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
