/** The page of figures keeps its prose. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from '../environment.ts'
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
  expect(written).toContain('| `echo.p50` |  3 ms |      2 ms |  1.5× | 15 ms | yes    |')
  expect(written).toContain('| `echo.p99` | 61 ms |           |       | 60 ms | **no** |')
  expect(written).toMatch(/^Before\n<!-- bench:echo -->\n\nMeasured 2026-01-02 on 2 × Processor, 24 GiB\./)
  expect(written).toMatch(/<!-- \/bench:echo -->\nAfter\n$/)
  expect(written).not.toContain('old')
  expect(withReport(written, report)).toBe(written)
})

test('what is written is as the formatter would have it', () => {
  const page = withReport('<!-- bench:echo -->\n<!-- /bench:echo -->\n', report)
  const formatter = join(repository, 'node_modules/.bin/biome')
  const formatted = execFileSync(formatter, ['format', '--stdin-file-path=page.md'], {
    input: page,
    encoding: 'utf8',
  })
  expect(page).toBe(formatted)
})

test('a page without a place for it is refused', () => {
  expect(() => withReport('nothing here', report)).toThrow('no place for the figures of `bench echo`')
})

test('docs/performance.md has a place for every bench', () => {
  const page = readFileSync(performancePage, 'utf8')
  for (const name of ['start', 'density', 'echo', 'check', 'rewind', 'web'])
    expect(() => withReport(page, { ...report, name })).not.toThrow()
})
