/**
 * What the shop's server says of itself, read out of the evidence: who listens on port 80, whether it is Puma with the shop, the firewall.
 * Null where it did not say. Knows no single lab.
 */
import { type Listener, listenersOf } from '../reading/listeners.ts'
import { countersOf } from '../reading/netstat.ts'
import { type Sections, sectionsOf } from '../reading/sections.ts'
import { sysctlFiles } from '../reading/sysctl.ts'
import type { Evidence } from './evidence.ts'

export interface Server {
  sections: Sections
  /** Before the load. */
  counters: Record<string, number>
  listeners: Listener[]
  puma: { unit: string; exe: string; parser: string; settings: string } | null
  pumaConfig: string
  files: string
  /** What the files of sysctl set at the next boot, in its order: lines `FILE: LINE`. */
  durable: string
  /** Firewall rules that drop or reject, one a line, without their counters' values. */
  drops: string[]
}

export function serverOf({ state }: Evidence): Server {
  const sections = sectionsOf(state)
  const listeners = listenersOf(sections.listeners ?? '').filter(({ port }) => port === 80)
  return {
    sections,
    counters: countersOf(sections.netstat ?? ''),
    listeners,
    puma: pumaOf(sections, listeners),
    pumaConfig: sections['puma.rb'] ?? '',
    files: sections.files ?? '',
    durable: sysctlFiles(sections.durable ?? '').read,
    drops: dropsOf(sections.nft ?? ''),
  }
}

const dropsOf = (ruleset: string): string[] =>
  ruleset
    .split('\n')
    .filter((line) => /\b(drop|reject)\b/.test(line))
    .map((line) => line.trim().replace(/\bpackets \d+ bytes \d+\b/, ''))

function pumaOf(sections: Sections, listeners: Listener[]): Server['puma'] {
  const pids = listeners.flatMap(({ processes }) => processes.map(({ pid }) => pid))
  const pumas = pids.filter((one) => sections[`parser ${one}`])
  // Of several Pumas on one port the shop's own service speaks for all.
  const pid =
    pumas.find((one) => /\/puma\.service$/.test(sections[`cgroup ${one}`]?.trim() ?? '')) ?? pumas[0]
  if (pid === undefined) return null
  const of = (name: string) => sections[`${name} ${pid}`]?.trim() ?? ''
  return {
    unit: of('cgroup').split('/').pop() ?? '',
    exe: of('exe'),
    parser: of('parser'),
    settings: of('settings'),
  }
}
