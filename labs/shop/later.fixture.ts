/**
 * For tests: a machine that was recorded mended is not the one that was recorded broken, but it is judged as if its kernel's counters had gone on
 * from where they stood there.
 */
import { countersOf } from '../reading/netstat.ts'
import { sectionsOf } from '../reading/sections.ts'
import type { Evidence } from './evidence.ts'

export function later(before: Evidence, after: Evidence): Evidence {
  const { netstat = '', snmp = '' } = sectionsOf(before.counters)
  const was = { ...countersOf(netstat), ...countersOf(snmp) }
  const more = (text: string) =>
    text.replace(/^(\w+): ([A-Z].*)\n\1: (.*)$/gm, (_, group: string, names: string, values: string) => {
      const columns = names.split(' ')
      const sums = values.split(' ').map((value, i) => Number(value) + (was[`${group}${columns[i]}`] ?? 0))
      return `${group}: ${names}\n${group}: ${sums.join(' ')}`
    })
  return { ...after, state: more(after.state), counters: more(after.counters) }
}
