/**
 * What this lab collects beyond the shop's own evidence: how full the table is, what it may hold, and what a boot would make of it. Knows
 * nothing of points.
 */
import { bootLinesOf, bootPart } from '../reading/boot.ts'
import { conntrackStat } from '../reading/conntrack.ts'
import { numberIn, type Sections, sectionsOf } from '../reading/sections.ts'
import { bootSettings } from '../reading/sysctl.ts'
import type { Sandbox } from '../schema.ts'
import { durablePart, type Evidence } from '../shop/evidence.ts'
import { collectBehindFirewall } from '../shop/firewall.ts'
import { checkPlan } from './load.ts'
import type { Variant } from './variant.ts'

const conntrack = '/proc/sys/net/netfilter/nf_conntrack'
const fill = `
show max ${conntrack}_max
show count ${conntrack}_count
show closed ${conntrack}_tcp_timeout_time_wait
show conntrack /proc/net/stat/nf_conntrack
`
const parts = `${fill}
${durablePart('conntrack')}
${bootPart('*conntrack* | *notrack* | *sysctl*')}
`

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  collectBehindFirewall(
    sandbox,
    {
      parts,
      plan: (patience) => checkPlan(variant, seed, patience),
      counters: `show netstat /proc/net/netstat\n${fill}`,
    },
    seed,
  )

/** Null: the server did not say. */
export interface Table {
  max: number | null
  /** Entries. */
  count: number | null
  /** Seconds that a closed connection keeps its entry. */
  closedS: number | null
  /** Packets dropped because of it, since the machine runs. */
  dropped: number | null
}

export interface Tables {
  /** Before the load, and after it. */
  start: Table
  end: Table
}

export const tablesOf = ({ state, counters }: Evidence): Tables => ({
  start: tableOf(sectionsOf(state)),
  end: tableOf(sectionsOf(counters)),
})

const tableOf = (sections: Sections): Table => ({
  max: numberIn(sections, 'max'),
  count: numberIn(sections, 'count'),
  closedS: numberIn(sections, 'closed'),
  dropped: conntrackStat(sections.conntrack ?? '', 'drop'),
})

export interface AtBoot {
  max: number
  closedS: number
  /** The shop's connections will not be tracked. */
  untracked: boolean
  isLeftUnread: boolean
}

/** What the kernel of this machine takes when nobody says anything. */
const kernelMax = 2048
const kernelClosedS = 120

export function atBoot({ state }: Evidence): AtBoot {
  // The ceiling has an old name, too.
  const sections = sectionsOf(
    state.replace(/\bnet([./])nf_conntrack_max\b/g, 'net$1netfilter$1nf_conntrack_max'),
  )
  const { number, isLeftUnread } = bootSettings(sections)
  return {
    max: number('net.netfilter.nf_conntrack_max', kernelMax),
    closedS: number('net.netfilter.nf_conntrack_tcp_timeout_time_wait', kernelClosedS),
    untracked: bootLinesOf(sections).some(({ text }) => /\bdport\b.*\bnotrack\b/.test(text)),
    isLeftUnread,
  }
}
