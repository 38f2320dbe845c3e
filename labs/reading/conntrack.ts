/**
 * Conntrack's counters out of /proc/net/stat/nf_conntrack: a head line of names, then a line of hexadecimal numbers for each CPU. `conntrack -S`
 * prints the same. Knows no lab.
 */

/** The sum over all CPUs; null when the text does not have the column. */
export function conntrackStat(text: string, name: string): number | null {
  const [head = '', ...cpus] = text.trim().split('\n')
  const column = head.trim().split(/\s+/).indexOf(name)
  if (column < 0 || cpus.length === 0) return null
  const values = cpus.map((line) => Number.parseInt(line.trim().split(/\s+/)[column] ?? '', 16))
  return values.some(Number.isNaN) ? null : values.reduce((sum, one) => sum + one, 0)
}
