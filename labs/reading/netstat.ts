/**
 * The kernel's counters out of /proc/net/netstat and /proc/net/snmp, under the names that nstat prints (`TcpExt` + `ListenOverflows`).
 * Knows no lab.
 */

/** Empty when the text is not of that form: a missing counter is not a zero. */
export function countersOf(text: string): Record<string, number> {
  const counters: Record<string, number> = Object.create(null)
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/))
  for (const [i, names] of lines.entries()) {
    const values = lines[i + 1]
    const group = names[0]
    if (!group?.endsWith(':') || values?.[0] !== group || /^-?\d/.test(names[1] ?? '')) continue
    for (const [column, name] of names.entries()) {
      const value = values[column]
      if (column > 0 && value && /^-?\d+$/.test(value)) counters[group.slice(0, -1) + name] = Number(value)
    }
  }
  return counters
}
