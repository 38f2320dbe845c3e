/**
 * What this lab collects beyond the shop's own evidence: what the kernel hears of routers, what it does without them, the rules' counters, and what
 * the WAN refused, which is the world's word. Knows nothing of points.
 */
import { countersOf } from '../reading/netstat.ts'
import { numberIn, type Sections, sectionsOf } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'
import { bootPart, type Evidence } from '../shop/evidence.ts'
import { collectBehindFirewall } from '../shop/firewall.ts'
import { outsideOf, withOutside } from '../shop/outside.ts'
import { checkPlan, type Group, groupOf, lengthOf } from './load.ts'
import type { Variant } from './variant.ts'

const parts = `
show snmp /proc/net/snmp
show no-discovery /proc/sys/net/ipv4/ip_no_pmtu_disc
${bootPart('*icmp*|*related*|*notrack*|*maxseg*|*mtu*|*include*|*policy*drop*')}
`
const counters = `
show netstat /proc/net/netstat
show snmp /proc/net/snmp
part nft; /usr/sbin/nft list ruleset 2>&1
`

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  withOutside(sandbox.world, () =>
    collectBehindFirewall(
      sandbox,
      { parts, counters, plan: (patience) => checkPlan(variant, seed, patience) },
      seed,
    ),
  )

export interface Way {
  /** Packets too long for the way to the far clients, by the world's word. */
  tooBig: number
  /** Reports of unreachable destinations that this server took in during the check; null: it did not say. */
  reports: number | null
  /** Packets may be cut on their way: the server marks none as whole. */
  mayBeCut: boolean
}

export function wayOf(evidence: Evidence): Way {
  const sections = sectionsOf(evidence.state)
  const start = countersOf(sections.snmp ?? '').IcmpInDestUnreachs
  const end = countersOf(sectionsOf(evidence.counters).snmp ?? '').IcmpInDestUnreachs
  return {
    tooBig: outsideOf(evidence).tooBig,
    reports: start === undefined || end === undefined ? null : end - start,
    mayBeCut: [1, 2].includes(numberIn(sections, 'no-discovery') ?? 0),
  }
}

/**
 * Whether the server has taken in reports since the fault was seen. Between the repair and the first check it may have learnt of every client that
 * was still waiting, so that within the check there is none.
 */
export const hasHeardSince = (before: Evidence, after: Evidence): boolean =>
  (wayOf(after).reports ?? 0) > 0 || taken(after) > taken(before)

const taken = ({ counters }: Evidence): number =>
  countersOf(sectionsOf(counters).snmp ?? '').IcmpInDestUnreachs ?? 0

/** The rule that ends the reports on this machine, and where its counter stood before the load and after it; null where the server did not say. */
export function proofOf({ state, counters }: Evidence, variant: Variant) {
  const packets = (sections: Sections) => packetsOf(sections.nft ?? '', variant)
  return { id: 'NftRulePackets', start: packets(sectionsOf(state)), end: packets(sectionsOf(counters)) }
}

function packetsOf(ruleset: string, { cause }: Variant): number | null {
  const isIt = {
    table: /icmp type .*counter packets \d+ .*drop/,
    related: /^\s*counter packets \d+ .*comment/,
    untracked: /ct state invalid counter packets \d+ .*drop/,
  }[cause]
  const line = ruleset.split('\n').find((one) => isIt.test(one))
  return line ? Number(/packets (\d+)/.exec(line)?.[1]) : null
}

/** Packets that IP has received: an upper bound for what any rule of it can have dropped. */
export const received = (text: string): number => countersOf(sectionsOf(text).snmp ?? '').IpInReceives ?? 0

/** A picture that came in part, or longer than it is, is not the shop's. */
export function withWholePictures(evidence: Evidence): Evidence {
  const results = evidence.load.results.map((result, i) => {
    const length = lengthOf(evidence.asked[i]?.path ?? '')
    return result.outcome === 'ok' && length !== null && result.bytes !== length
      ? { ...result, head: '' }
      : result
  })
  return { ...evidence, load: { ...evidence.load, results } }
}

/** Times in milliseconds of those of a group who were answered, and how many they were of. */
export function answered(evidence: Evidence, group: Group): { times: number[]; all: number } {
  const mine = evidence.load.results.filter((_, i) => {
    const asked = evidence.asked[i]
    return asked !== undefined && groupOf(asked) === group
  })
  const ok = mine.filter(({ outcome, head }) => outcome === 'ok' && head !== '')
  return { times: ok.map(({ totalUs }) => totalUs / 1000), all: mine.length }
}
