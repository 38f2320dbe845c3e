/**
 * What this lab collects beyond the shop's own evidence: which local ports the server may use, what keeps them, whether the shop keeps its
 * connections, and all of it for the next boot. Knows nothing of points.
 */
import { bootPart } from '../reading/boot.ts'
import { countersOf } from '../reading/netstat.ts'
import { numberIn, type Sections, sectionsOf } from '../reading/sections.ts'
import { bootSettings } from '../reading/sysctl.ts'
import type { Sandbox } from '../schema.ts'
import { bootFilesOf, bootFilesUnder, environmentOf, unitOf } from '../shop/boot.ts'
import { durablePart, type Evidence } from '../shop/evidence.ts'
import { serverOf } from '../shop/server.ts'
import { collectWithUpstream, upstreamOf } from '../shop/upstream.ts'
import { checkPlan } from './load.ts'
import { usablePorts } from './ports.ts'
import { kernelRange, type Variant } from './variant.ts'

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  collectWithUpstream(sandbox, { parts, counters, plan: (patience) => checkPlan(variant, seed, patience) })

/** Connections in TIME_WAIT (06): those to the price service, all. As a whole, since line by line `read` would seek in a file made anew each time. */
const sockets = `
part sockets
mapfile -t lines </proc/net/tcp
waiting=0 all=0
for line in "\${lines[@]}"; do
  case $line in *' 020012C6:'*' 010012C6:1F90 06 '*) waiting=$((waiting + 1)) all=$((all + 1)) ;; *:*' 06 '*) all=$((all + 1)) ;; esac
done
printf '%s %s\\n' "$waiting" "$all"
`

const parts = `
show range /proc/sys/net/ipv4/ip_local_port_range
show reserved /proc/sys/net/ipv4/ip_local_reserved_ports
show reuse /proc/sys/net/ipv4/tcp_tw_reuse
show timestamps /proc/sys/net/ipv4/tcp_timestamps
show buckets /proc/sys/net/ipv4/tcp_max_tw_buckets
${sockets}
${durablePart('ipv4')}
${bootFilesUnder('service')}
${bootPart('*sysctl* | */proc/sys/net/ipv4/*')}
`

const counters = `show netstat /proc/net/netstat\n${sockets}`

/** One way or another there are ports for the next call. Null: the server did not say. */
export interface Ways {
  /** Local ports that may be used for one and the same service. */
  usable: number | null
  /** A port whose connection is over may be used again after a second. */
  reuse: boolean
  /** The shop is told to keep its connections. */
  keeps: boolean
}

export interface Ports extends Ways {
  atBoot: Ways & { isLeftUnread: boolean }
  /** Connections to the price service that wait in TIME_WAIT, and all that do, before the load and after it: the most that was seen. */
  waiting: number
  allWaiting: number
  /** Connections that were forgotten at once, during the load, because so few may wait. */
  forgotten: number
}

export function portsOf(evidence: Evidence): Ports {
  const { sections, puma, counters: first } = serverOf(evidence)
  const later = sectionsOf(evidence.counters)
  const counts = [sections.sockets, later.sockets].map((text = '') =>
    text.split(' ').map((word) => Number(word) || 0),
  )
  const overflow = 'TcpExtTCPTimeWaitOverflow'
  const last = countersOf(later.netstat ?? '')[overflow] ?? 0
  return {
    usable: usablePorts(sections.range ?? '', sections.reserved ?? ''),
    reuse: numberIn(sections, 'reuse') === 1 && numberIn(sections, 'timestamps') !== 0,
    keeps: /^SHOP_UPSTREAM_KEEPALIVE=yes$/m.test(puma?.settings ?? ''),
    atBoot: waysAtBoot(sections),
    waiting: Math.max(...counts.map(([waiting = 0]) => waiting)),
    allWaiting: Math.max(...counts.map(([, all = 0]) => all)),
    forgotten: Math.max(0, last - (first[overflow] ?? last)),
  }
}

function waysAtBoot(sections: Sections): Ports['atBoot'] {
  const { of, number, isLeftUnread } = bootSettings(sections)
  // Recordings from before commands were read have the service's files in their place.
  const files = bootFilesOf(sections.service ?? sections.boot ?? '')
  return {
    usable: usablePorts(
      of('net.ipv4.ip_local_port_range') ?? kernelRange,
      of('net.ipv4.ip_local_reserved_ports') ?? '',
    ),
    reuse: number('net.ipv4.tcp_tw_reuse', 2) === 1 && number('net.ipv4.tcp_timestamps', 1) !== 0,
    keeps: environmentOf(unitOf(files), files).get('SHOP_UPSTREAM_KEEPALIVE') === 'yes',
    isLeftUnread,
  }
}

/** What the world saw: few connections for many questions. */
export function isKept(evidence: Evidence): boolean {
  const { accepted, asked } = upstreamOf(evidence)
  return asked > 0 && accepted <= asked / 2
}

const failedCall = 'pricing service: Cannot assign requested addr'

/** Clients whose page is an error, because the shop’s call found no local port. */
export const withoutPort = ({ load }: Evidence): number =>
  load.results.filter(({ status, head }) => status === 502 && head.startsWith(failedCall)).length
/** Clients that got an error page of whatever kind. */
export const withError = ({ load }: Evidence): number =>
  load.results.filter(({ outcome, status }) => outcome === 'http' && status >= 500).length
