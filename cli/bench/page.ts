/**
 * docs/performance.md: replaces one bench's table between its marks and leaves the prose alone. Knows no measurement.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../environment.ts'
import { writeWhole } from '../home.ts'
import { CommandError } from '../output.ts'
import type { Figure, Report } from './figures.ts'

export const performancePage = join(repository, 'docs/performance.md')

export function writeToPage(report: Report, path = performancePage): void {
  writeWhole(path, withReport(readFileSync(path, 'utf8'), report))
}

/** @throws CommandError when the page has no place for this bench */
export function withReport(page: string, report: Report): string {
  const begin = `<!-- bench:${report.name} -->`
  const end = `<!-- /bench:${report.name} -->`
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from < 0 || to < from)
    throw new CommandError(
      `docs/performance.md has no place for the figures of \`bench ${report.name}\`.`,
      `Put the lines ${begin} and ${end} where they belong.`,
    )
  return `${page.slice(0, from + begin.length)}\n\n${markdown(report)}\n\n${page.slice(to)}`
}

export function markdown({ machine, at, figures }: Report): string {
  return [`Measured ${at.slice(0, 10)} on ${machine}.`, '', ...table([titles, ...figures.map(cells)])].join(
    '\n',
  )
}

const titles = ['figure', 'value', 'reference', 'ratio', 'goal', 'met']
const isNumeric = (column: number): boolean => column > 0 && column < titles.length - 1

/** Padded as the formatter would: a page that `bench` has written passes `npm run check` as it is. */
function table(rows: string[][]): string[] {
  const widths = titles.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => (isNumeric(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join(' | ')} |`
  const rule = widths.map((width, i) => (isNumeric(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)))
  const [head = [], ...body] = rows
  return [line(head), line(rule), ...body.map(line)]
}

export function cells({ id, value, unit, reference, ratio, goal, met }: Figure): string[] {
  return [
    `\`${id}\``,
    `${value} ${unit}`,
    reference === null ? '' : `${reference} ${unit}`,
    ratio === null ? '' : `${ratio}×`,
    goal === null ? '' : `${goal} ${unit}`,
    met === null ? '' : met ? 'yes' : '**no**',
  ]
}
