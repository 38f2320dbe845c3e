/**
 * What this lab collects beyond the shop's own evidence: how full the table is, what it may hold, and what a boot would make of it. Knows
 * nothing of points.
 */
import { conntrackStat } from '../reading/conntrack.ts'
import { numberIn, type Sections, sectionsOf } from '../reading/sections.ts'
import { valueAtBoot } from '../reading/sysctl.ts'
import type { Sandbox } from '../schema.ts'
import { bootPart, durablePart, type Evidence } from '../shop/evidence.ts'
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
${bootPart('*conntrack*|*notrack*')}
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
}

/** What the kernel of this machine takes when nobody says anything. */
const kernelMax = 2048
const kernelClosedS = 120

/** Units run after the files of sysctl were read, so what they set stands. */
export function atBoot({ state }: Evidence): AtBoot {
  const { durable = '', boot = '' } = sectionsOf(state)
  const sysctl = (name: string, otherwise: number) =>
    valueAtBoot(durable, `net.netfilter.nf_conntrack_${name}`, otherwise)
  return {
    max: setByUnit(boot, 'max') ?? sysctl('max', valueAtBoot(durable, 'net.nf_conntrack_max', kernelMax)),
    closedS: setByUnit(boot, 'tcp_timeout_time_wait') ?? sysctl('tcp_timeout_time_wait', kernelClosedS),
    untracked: boot.split('\n').some((line) => /^\/etc\/nftables\S*: .*\bdport\b.*\bnotrack\b/.test(line)),
  }
}

/** As units set it: `sysctl … name=N`, or `echo N >/proc/sys/…/name`. */
function setByUnit(boot: string, name: string): number | null {
  const setting = new RegExp(
    `nf_conntrack_${name}\\s*=\\s*(\\d{1,9})|\\b(\\d{1,9})\\s*>\\s*\\S*nf_conntrack_${name}\\b`,
  )
  const values = boot.split('\n').flatMap((line) => {
    const found = setting.exec(line)
    return found ? [Number(found[1] ?? found[2])] : []
  })
  return values.at(-1) ?? null
}
