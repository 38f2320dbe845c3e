/** The page of figures keeps its prose. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { figure, type Report } from './figures.ts'
import { performancePage, withReport } from './page.ts'

const report: Report = {
  name: 'echo',
  machine: '2 × Processor, 24 GiB',
  at: '2026-01-02T03:04:05Z',
  figures: [
    figure({ id: 'echo.p50', value: 3, unit: 'ms', reference: 2, goal: 15 }),
    figure({ id: 'echo.p99', value: 61, unit: 'ms', goal: 60 }),
  ],
}

test('one bench’s table is replaced, everything else stays', () => {
  const page = 'Before\n<!-- bench:echo -->\nold\n<!-- /bench:echo -->\nAfter\n'
  const written = withReport(page, report)
  expect(written).toContain('| `echo.p50` | 3 ms | 2 ms | 1.5× | 15 ms | yes |')
  expect(written).toContain('| `echo.p99` | 61 ms |  |  | 60 ms | **no** |')
  expect(written).toMatch(/^Before\n<!-- bench:echo -->\n\nMeasured 2026-01-02 on 2 × Processor, 24 GiB\./)
  expect(written).toMatch(/<!-- \/bench:echo -->\nAfter\n$/)
  expect(written).not.toContain('old')
  expect(withReport(written, report)).toBe(written)
})

test('a page without a place for it is refused', () => {
  expect(() => withReport('nothing here', report)).toThrow('no place for the figures of `bench echo`')
})

test('docs/performance.md has a place for every bench', () => {
  const page = readFileSync(performancePage, 'utf8')
  for (const name of ['start', 'density', 'echo', 'check', 'web'])
    expect(() => withReport(page, { ...report, name })).not.toThrow()
})
