/** Nothing that went wrong is counted as passed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { add, closingLine, countVitest, noCounts } from './test-counts.ts'

const folder = mkdtempSync(join(tmpdir(), 'ringside-counts-'))
afterAll(() => rmSync(folder, { recursive: true }))

function report(fields: object): string {
  const path = join(folder, 'report.json')
  const whole = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [], ...fields }
  writeFileSync(path, JSON.stringify(whole))
  return path
}

test('the closing line has the form that machines read', () => {
  const counts = add({ ...noCounts, passed: 3 }, { ...noCounts, failed: 1, skipped: 2 })
  expect(closingLine(counts)).toBe('3 passed, 1 failed, 2 skipped')
})

test('passed, failed and skipped are taken from the report', () => {
  const path = report({ numPassedTests: 5, numPendingTests: 1, numTodoTests: 1 })
  expect(countVitest(path, 0)).toMatchObject({ passed: 5, failed: 0, skipped: 2 })
})

test('a file that could not be loaded is a failure, though no test of it failed', () => {
  const path = report({ numPassedTests: 5, testResults: [{ status: 'failed', assertionResults: [] }] })
  expect(countVitest(path, 1).failed).toBe(1)
})

test('each test that failed is said with the first line of its reason, a file that could not be loaded too', () => {
  const [at, other] = [join(process.cwd(), 'labs/a.test.ts'), join(process.cwd(), 'app/b.test.ts')]
  const failed = { fullName: 'a > counts', status: 'failed', failureMessages: ['2 is not 3\n  at line 4'] }
  const passed = { fullName: 'a > adds', status: 'passed', failureMessages: [] }
  const path = report({
    numFailedTests: 1,
    testResults: [
      { name: at, status: 'failed', message: '', assertionResults: [passed, failed] },
      { name: other, status: 'failed', message: 'No such module', assertionResults: [] },
    ],
  })
  expect(countVitest(path, 1)).toMatchObject({
    failed: 2,
    losses: ['app/b.test.ts: No such module', 'labs/a.test.ts > a > counts: 2 is not 3'],
  })
})

test('an exit code that nothing explains is a failure', () => {
  expect(countVitest(report({ numPassedTests: 5 }), 1).failed).toBe(1)
})

test('no report, or half a one, is a failure', () => {
  expect(countVitest(join(folder, 'missing.json'), 0).failed).toBe(1)
  writeFileSync(join(folder, 'half.json'), '{"numPassedTests": 1')
  expect(countVitest(join(folder, 'half.json'), 0).failed).toBe(1)
})
