/**
 * What this lab collects beyond the shop's own evidence: routes, the check of senders, the rules' counters, and what a boot would load. Knows
 * nothing of points.
 */
import { overlap, type Range, routesOf } from '../reading/addresses.ts'
import { countersOf } from '../reading/netstat.ts'
import { numberIn, type Sections, sectionsOf } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'
import { bootPart, type Evidence } from '../shop/evidence.ts'
import { collectBehindFirewall } from '../shop/firewall.ts'
import { checkPlan } from './load.ts'
import { isRuleAgainst, names, rulesAgainst } from './rules.ts'
import { lostRange, type Variant } from './variant.ts'

const parts = `
show routes /proc/net/route
show rp-all /proc/sys/net/ipv4/conf/all/rp_filter
show rp-eth0 /proc/sys/net/ipv4/conf/eth0/rp_filter
${bootPart('*198.19.*|*include*|*policy*drop*')}
`
const counters = `
show netstat /proc/net/netstat
part nft; /usr/sbin/nft list ruleset 2>&1
`

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  collectBehindFirewall(
    sandbox,
    { parts, counters, plan: (patience) => checkPlan(variant, seed, patience) },
    seed,
  )

/**
 * What on this server still stands against the range: rules that end its packets, routes that lead its answers elsewhere (`blackhole`,
 * `unreachable`, `prohibit` and `throw` have no device). What else can lose it, a policy or a rule of routing, is for the clients to say.
 */
export function obstaclesIn({ state }: Evidence, variant: Variant): string[] {
  const { nft = '', routes = '' } = sectionsOf(state)
  const range = lostRange(variant)
  return [
    ...rulesAgainst(nft, range).map((rule) => rule.replace(/counter packets \d+ bytes \d+ ?/, '')),
    ...routesOf(routes)
      .filter((route) => route.length > 0 && route.device !== 'eth0' && overlap(route, range))
      .map(({ device }) => `a route to ${device === '*' ? 'nowhere' : device}`),
  ]
}

/** The same of the files that the next boot reads, and whether the firewall is among them. */
export function atBoot({ state }: Evidence, variant: Variant): { obstacles: string[]; filters: boolean } {
  const lines = (sectionsOf(state).boot ?? '').split('\n')
  const rules = lines.filter((line) => /^\/etc\/nftables/.test(line))
  const includes = rules.some((line) => /^\/etc\/nftables\.conf: include .*nftables\.d/.test(line))
  const read = lines.filter(
    (line) => !line.startsWith('/etc/nftables.d/') || (includes && /^\S+\.nft: /.test(line)),
  )
  return {
    obstacles: read
      .map((line) =>
        line
          .replace(/^\S+: /, '')
          .replace(/\s#.*$/, '')
          .trim(),
      )
      .filter((line) => isBootLineAgainst(line, lostRange(variant))),
    filters: rules.some((line) => /\bpolicy\s+drop\b/.test(line)),
  }
}

/** A rule has to end packets. Whatever else names the range, an element or a route, does so unless it lets through, leads home or takes away. */
const isBootLineAgainst = (line: string, range: Range): boolean =>
  /\b[sd]addr\b/.test(line)
    ? isRuleAgainst(line, range)
    : names(line, range) && !/\baccept\b|\bvia 198\.18\.0\.1\b|\b(del|delete|destroy)\b/i.test(line)

/** What proves the loss: the name of the counter, and where it stood before the load and after it; null where the server did not say. */
export interface Proof {
  id: string
  start: number | null
  end: number | null
}

export function proofOf({ state, counters }: Evidence, { cause, range }: Variant): Proof {
  const read = (sections: Sections) =>
    cause === 'route'
      ? (countersOf(sections.netstat ?? '').TcpExtIPReversePathFilter ?? null)
      : packetsOf(sections.nft ?? '', cause === 'table' ? range : '@blocked')
  const id = cause === 'route' ? 'TcpExtIPReversePathFilter' : 'NftRulePackets'
  return { id, start: read(sectionsOf(state)), end: read(sectionsOf(counters)) }
}

function packetsOf(ruleset: string, source: string): number | null {
  const line = ruleset.split('\n').find((one) => one.includes(`ip saddr ${source} counter packets `))
  return line ? Number(/packets (\d+)/.exec(line)?.[1]) : null
}

/** Packets that IP has received: an upper bound for what any rule of it can have dropped. */
export const received = (text: string): number =>
  countersOf(sectionsOf(text).netstat ?? '').IpExtInNoECTPkts ?? 0

/** What is in force on eth0: the larger of two numbers. Null: the server did not say. */
export function senderCheck({ state }: Evidence): number | null {
  const sections = sectionsOf(state)
  const [all, eth0] = [numberIn(sections, 'rp-all'), numberIn(sections, 'rp-eth0')]
  return all === null || eth0 === null ? null : Math.max(all, eth0)
}
