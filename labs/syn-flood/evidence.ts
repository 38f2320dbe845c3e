/**
 * What this lab collects beyond the shop's own evidence: the numbers that bound half-open connections, what a boot would make of them, and how
 * many of the forged requests were heard and answered. Knows nothing of points.
 */
import { bootLinesOf, bootPart } from '../reading/boot.ts'
import { countersOf } from '../reading/netstat.ts'
import { numberIn, type Sections, sectionsOf } from '../reading/sections.ts'
import { valueAtBoot, valueByCommand } from '../reading/sysctl.ts'
import type { Sandbox } from '../schema.ts'
import { collectShop, countersAfterLoad, durablePart, type Evidence } from '../shop/evidence.ts'
import { outsideOf, withOutside } from '../shop/outside.ts'
import { serverOf } from '../shop/server.ts'
import { checkPlan } from './load.ts'
import type { Queue } from './queue.ts'
import type { Variant } from './variant.ts'

const ipv4 = '/proc/sys/net/ipv4/tcp'
const parts = `
show snmp /proc/net/snmp
show cookies ${ipv4}_syncookies
show syn-backlog ${ipv4}_max_syn_backlog
show retries ${ipv4}_synack_retries
${durablePart('net')}
${bootPart('*tcp_syncookies*|*tcp_max_syn_backlog*|*tcp_synack_retries*|*somaxconn*')}
`
const counters = 'show netstat /proc/net/netstat\nshow snmp /proc/net/snmp\n'

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  withOutside(sandbox.world, () =>
    collectShop(sandbox, { parts, counters, plan: (patience) => checkPlan(variant, seed, patience) }),
  )

export function queueOf(evidence: Evidence): Queue {
  const { sections, listeners } = serverOf(evidence)
  return {
    cookies: numberIn(sections, 'cookies'),
    synBacklog: numberIn(sections, 'syn-backlog'),
    retries: numberIn(sections, 'retries'),
    listener: listeners.length > 0 ? Math.min(...listeners.map(({ sendQ }) => sendQ)) : null,
  }
}

/** What Linux takes on this machine when nobody says anything, and what Puma asks for where its bind says nothing. */
const unsaid = { cookies: 1, synBacklog: 128, retries: 5, somaxconn: 4096, pumaBacklog: 1024 }

/** The same by the files that the next boot reads. */
export function atBoot(evidence: Evidence): Queue {
  const { sections, durable, pumaConfig } = serverOf(evidence)
  const commands = bootLinesOf(sections).map(({ text }) => text)
  const value = (name: string, otherwise: number) =>
    valueByCommand(commands, name) ?? valueAtBoot(durable, name, otherwise)
  const backlog = /^\s*bind\s.*[?&]backlog=(\d{1,9})/m.exec(pumaConfig)?.[1]
  return {
    cookies: value('net.ipv4.tcp_syncookies', unsaid.cookies),
    synBacklog: value('net.ipv4.tcp_max_syn_backlog', unsaid.synBacklog),
    retries: value('net.ipv4.tcp_synack_retries', unsaid.retries),
    listener: Math.min(value('net.core.somaxconn', unsaid.somaxconn), Number(backlog ?? unsaid.pumaBacklog)),
  }
}

/** Forged requests during the load: how many came, by the world's word, how many of these TCP saw at all, and how many it did not drop. */
export interface Heard {
  forged: number
  heard: number
  answered: number
}

/** A client that is served sends about so many segments: SYN, ACK, request, two or three acknowledgements, FIN. */
const segmentsOfClient = 6

export function heardOf(evidence: Evidence, { pps }: Variant): Heard {
  const before = sectionsOf(evidence.state)
  const counted = (sections: Sections) => ({
    ...countersOf(sections.netstat ?? ''),
    ...countersOf(sections.snmp ?? ''),
  })
  const start = counted(before)
  const end = countersAfterLoad(evidence)
  const grown = (name: string) => (end[name] ?? 0) - (start[name] ?? 0)
  // Its statistics span more than the load: the server takes a while to describe itself, above all on a busy host.
  const forged = Math.min(outsideOf(evidence).forged, Math.round((pps * evidence.load.ms) / 1000))
  const within = (count: number) => Math.max(0, Math.min(forged, count))
  const seen = grown('TcpInSegs') - segmentsOfClient * evidence.asked.length
  return { forged, heard: within(seen), answered: within(seen - grown('TcpExtListenDrops')) }
}
