/**
 * A table as CSV (RFC 4180) that a spreadsheet shows and never runs. Pure; knows no gradebook.
 * https://owasp.org/www-community/attacks/CSV_Injection: a cell that begins with one of these is a formula, also in full-width letters.
 */
const formula = /^[\s\p{Cc}]*[=+\-@\t\r\n＝＋－＠|%]/u

/** What a spreadsheet takes as UTF-8. */
export const byteOrderMark = '\uFEFF'

export type Cell = string | number | null

export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** Numbers are ours and stay numbers. Text that could be a formula gets an apostrophe in front, inside quotes. */
function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const text = cell.replaceAll('\0', '')
  const isFormula = formula.test(text)
  const safe = isFormula ? `'${text}` : text
  return isFormula || /[",;\t\r\n]|^\s|\s$/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
