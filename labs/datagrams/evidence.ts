/**
 * One collection of a lab that measures datagrams: the shop's evidence, with what the server says of its NIC, its collector and its next boot.
 * Knows no single lab and nothing of points.
 */
import { InfrastructureError, type LoadPlan, type Planned } from '../../grader/guest.ts'
import { bootLinesOf, bootPart } from '../reading/boot.ts'
import { countersOf } from '../reading/netstat.ts'
import { sectionsOf } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'
import { collectShop, type Evidence } from '../shop/evidence.ts'
import { serverOf } from '../shop/server.ts'
import { outOfBuffer, ringOf } from './nic.ts'

/** A collection's own parts, and what of the files that a boot reads it wants to see: a pattern of the shell's `case`. */
export interface DatagramCollection {
  parts: string
  bootPattern: string
  /** What of the card a lab wants to know: its counters before and after the load, and the size of its rings. */
  card?: boolean
  /** Shell that prints further sections before the load, and again after it. */
  twice?: string
  /** Shell that looks at the server while the load plays. */
  during?: string
  plan(patience: number): LoadPlan<Planned>
}

/** @throws InfrastructureError when datagrams were lost on the world's side, which is nobody's fault */
export async function collectDatagrams(
  sandbox: Sandbox,
  { parts, bootPattern, card = false, twice = '', during, plan }: DatagramCollection,
): Promise<Evidence> {
  const { world } = sandbox
  const before = await world.stats()
  const evidence = await collectShop(sandbox, {
    parts: hostPart(bootPattern) + (card ? ringPart + cardPart : '') + twice + parts,
    plan,
    counters: `${countersPart}${card ? cardPart : ''}${twice}part end\n`,
    ...(during !== undefined && { during }),
  })
  if (!evidence.counters.includes('\n@@ end'))
    throw new InfrastructureError('The server did not get round to telling its counters.')
  const after = await world.stats()
  if (after.wire.dropped > before.wire.dropped)
    throw new InfrastructureError('The world lost datagrams of its own on the way to the server.')
  const unsent = evidence.load.results.some(({ sent = 0 }, i) => sent < (evidence.asked[i]?.datagrams ?? 0))
  if (unsent) throw new InfrastructureError('The world did not get round to sending all datagrams.')
  return evidence
}

/** ethtool speaks the old way here: it takes four times as long to find its words for netlink. */
const ringPart = 'part ring; /usr/sbin/ethtool --disable-netlink -g eth0 2>&1\n'
const cardPart = 'part nic; /usr/sbin/ethtool --disable-netlink -S eth0 2>&1\n'

/** What the kernel tells without a program is asked without one: under emulation each costs tenths of a second. */
const hostPart = (bootPattern: string) => `
show uptime /proc/uptime
show softnet /proc/net/softnet_stat
show snmp /proc/net/snmp
${bootPart(bootPattern)}
part collector
while IFS= read -r line; do case $line in *:1FBD\\ *) printf '%s\\n' "$line" ;; esac; done </proc/net/udp
pid=
if [ -r /sys/fs/cgroup/system.slice/telemetry.service/cgroup.procs ]; then read -r pid </sys/fs/cgroup/system.slice/telemetry.service/cgroup.procs; fi
if [ -n "$pid" ]; then
  mapfile -t maps <"/proc/$pid/maps"
  part "collector exe"
  for line in "\${maps[@]}"; do case $line in *' /'*) printf '%s\\n' "/\${line#*/}"; break ;; esac; done
  part "collector words"
  mapfile -d '' -t words <"/proc/$pid/cmdline"; printf '%s\\n' "\${words[*]}"
fi
`

const countersPart = `
show netstat /proc/net/netstat
show snmp /proc/net/snmp
show softnet /proc/net/softnet_stat
`

/** What the server says beyond the shop's own: null or empty where it did not say. */
export interface Host {
  uptimeS: number | null
  ring: { rx: number | null; most: number | null }
  outOfBuffer: { first: number | null; now: number | null }
  /** Packets that the per-processor backlog refused, all processors. */
  backlogDrops: { first: number | null; now: number | null }
  socketDrops: { first: number | null; now: number | null }
  /** The program that its service runs; null where that does not run, or nobody holds the port. */
  collector: { exe: string; words: string } | null
  boot: ReturnType<typeof bootLinesOf>
}

export function hostOf(evidence: Evidence): Host {
  const { sections } = serverOf(evidence)
  const after = sectionsOf(evidence.counters)
  const both = (of: (from: typeof sections) => number | null) => ({ first: of(sections), now: of(after) })
  const uptime = Number.parseFloat(sections.uptime ?? '')
  const exe = sections['collector exe']?.trim()
  const isBound = /:1FBD /.test(sections.collector ?? '')
  return {
    uptimeS: Number.isFinite(uptime) ? uptime : null,
    ring: ringOf(sections.ring ?? ''),
    outOfBuffer: both(({ nic }) => outOfBuffer(nic ?? '')),
    backlogDrops: both(({ softnet }) => softnetColumn(softnet ?? '', 2)),
    socketDrops: both(({ snmp }) => countersOf(snmp ?? '').UdpRcvbufErrors ?? null),
    collector: exe && isBound ? { exe, words: sections['collector words']?.trim() ?? '' } : null,
    boot: bootLinesOf(sections),
  }
}

/** A column of /proc/net/softnet_stat, counted from 1, summed over the processors. */
export function softnetColumn(text: string, column: number): number | null {
  const values = text
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[column - 1] ?? '')
    .filter((word) => /^[0-9a-f]{1,8}$/.test(word))
  return values.length > 0 ? values.reduce((sum, word) => sum + Number.parseInt(word, 16), 0) : null
}
