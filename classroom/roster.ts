/**
 * A roster as somebody saved it from a spreadsheet, read: UTF-8, with commas, semicolons or tabs, with a header of `name`, `login` and, if there is
 * one, `role`. Every problem is told with its line; with one problem nothing is usable. Pure; knows nobody (roster-plan.ts compares it with who is here).
 */
import { type CsvError, type Info, parse } from 'csv-parse/sync'
import { readLogin, readName } from './names.ts'
import type { CohortRole } from './types.ts'

export const rosterLimits = { people: 5_000, bytes: 2_000_000 }

export interface RosterEntry {
  line: number
  name: string
  login: string
  role: CohortRole
}

export type RosterProblemCode =
  | 'too-large'
  | 'empty'
  | 'not-utf8'
  | 'nul'
  | 'bad-csv'
  | 'no-header'
  | 'unknown-column'
  | 'double-column'
  | 'too-many-fields'
  | 'too-many-people'
  | 'no-name'
  | 'bad-name'
  | 'no-login'
  | 'bad-login'
  | 'double-login'
  | 'bad-role'
  | 'login-taken'
  | 'other-role'

/** `what` is the text that is at fault, cut to what fits on a line. */
export interface RosterProblem {
  line: number
  code: RosterProblemCode
  what: string
}

export interface Roster {
  entries: RosterEntry[]
  problems: RosterProblem[]
}

const columns = ['name', 'login', 'role'] as const
type Column = (typeof columns)[number]
const roles: readonly string[] = ['instructor', 'assistant', 'learner'] satisfies CohortRole[]

export function parseRoster(bytes: Uint8Array): Roster {
  const unreadable = problemsOfBytes(bytes)
  if (unreadable.length > 0) return { entries: [], problems: unreadable }
  const text = new TextDecoder().decode(bytes)
  const lines = linesOf(text)
  if ('code' in lines) return { entries: [], problems: [lines] }
  const [header, ...rows] = lines
  if (!header) return { entries: [], problems: [{ line: 1, code: 'empty', what: '' }] }
  const places = placesOf(header)
  if (places.problems.length > 0) return { entries: [], problems: places.problems }
  return entriesOf(rows, places.columns)
}

function problemsOfBytes(bytes: Uint8Array): RosterProblem[] {
  if (bytes.length > rosterLimits.bytes) return [{ line: 1, code: 'too-large', what: '' }]
  if (isUtf8(bytes)) return []
  const lines = splitLines(bytes)
  return lines.flatMap((line, index) =>
    isUtf8(line) ? [] : [{ line: index + 1, code: 'not-utf8', what: '' }],
  )
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function splitLines(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from)
    lines.push(bytes.subarray(from, end < 0 ? bytes.length : end))
    if (end < 0) break
    from = end + 1
  }
  return lines
}

interface Row {
  line: number
  fields: string[]
}

function linesOf(text: string): Row[] | RosterProblem {
  try {
    const records = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
    }) as unknown as { info: Info; record: string[] }[]
    return records.map(({ info, record }) => ({
      line: info.lines,
      fields: record.map((field) => field.trim()),
    }))
  } catch (error) {
    const { lines, message } = error as CsvError & { lines?: number }
    return { line: lines ?? 1, code: 'bad-csv', what: short(message) }
  }
}

/** A spreadsheet separates by what its country writes in numbers; the header tells. */
function delimiterOf(text: string): string {
  const header = text.split(/\r?\n/).find((line) => line.trim() !== '') ?? ''
  const count = (letter: string) => header.split(letter).length
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ','
}

function placesOf({ line, fields }: Row): { columns: Map<Column, number>; problems: RosterProblem[] } {
  const found = new Map<Column, number>()
  const problems: RosterProblem[] = []
  for (const [place, field] of fields.entries()) {
    const column = columns.find((one) => one === field.toLowerCase())
    if (!column) problems.push({ line, code: 'unknown-column', what: short(field) })
    else if (found.has(column)) problems.push({ line, code: 'double-column', what: column })
    else found.set(column, place)
  }
  const missing = columns.slice(0, 2).filter((column) => !found.has(column))
  if (missing.length > 0) problems.unshift({ line, code: 'no-header', what: missing.join(', ') })
  return { columns: found, problems }
}

function entriesOf(rows: Row[], places: Map<Column, number>): Roster {
  const problems: RosterProblem[] = []
  const entries: RosterEntry[] = []
  const seen = new Map<string, number>()
  const surplus = rows[rosterLimits.people]
  if (surplus) problems.push({ line: surplus.line, code: 'too-many-people', what: String(rows.length) })
  for (const row of rows.slice(0, rosterLimits.people)) {
    const entry = entryOf(row, places)
    if (entry.problems.length > 0) problems.push(...entry.problems)
    const { login } = entry
    if (login === null) continue
    const first = seen.get(login)
    if (first !== undefined)
      problems.push({ line: row.line, code: 'double-login', what: `${short(login)} (${first})` })
    else seen.set(login, row.line)
    if (entry.problems.length === 0 && first === undefined)
      entries.push({ line: row.line, name: entry.name ?? '', login, role: entry.role })
  }
  return { entries, problems: problems.toSorted((a, b) => a.line - b.line) }
}

function entryOf({ line, fields }: Row, places: Map<Column, number>) {
  const problems: RosterProblem[] = []
  const field = (column: Column): string => fields[places.get(column) ?? -1] ?? ''
  const problem = (code: RosterProblemCode, what: string) => problems.push({ line, code, what: short(what) })
  if (fields.slice(places.size).some((surplus) => surplus !== ''))
    problem('too-many-fields', fields.join(' · '))
  const name = readName(field('name'))
  if (field('name') === '') problem('no-name', field('login'))
  else if (name === null) problem(field('name').includes('\0') ? 'nul' : 'bad-name', field('name'))
  const login = readLogin(field('login'))
  if (field('login') === '') problem('no-login', field('name'))
  else if (login === null) problem(field('login').includes('\0') ? 'nul' : 'bad-login', field('login'))
  const role = field('role').toLowerCase() || 'learner'
  if (!roles.includes(role)) problem('bad-role', field('role'))
  return { name, login, role: role as CohortRole, problems }
}

/** Fit for a line of a page: control characters as their pictures, no longer than it is useful. */
const short = (text: string): string =>
  text
    .replaceAll(/\p{Cc}/gu, (letter) => String.fromCodePoint(0x2400 + ((letter.codePointAt(0) ?? 0) % 0x21)))
    .slice(0, 60)
