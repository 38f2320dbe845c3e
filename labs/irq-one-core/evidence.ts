/**
 * What this lab collects beyond what every lab with datagrams does: on which processors the card's packets can end, and on which they did. Knows nothing
 * of points.
 */
import { collectDatagrams } from '../datagrams/evidence.ts'
import { type Sections, sectionsOf } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { serverOf } from '../shop/server.ts'
import { bootPattern } from './boot.ts'
import { cpuList, cpuMask } from './cpus.ts'
import { checkPlan } from './load.ts'
import type { Variant } from './variant.ts'

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  collectDatagrams(sandbox, {
    parts,
    twice,
    during,
    bootPattern,
    plan: (patience) => checkPlan(variant, seed, patience),
  })

const twice = `
show interrupts /proc/interrupts
show softirqs /proc/softirqs
part nic; /usr/sbin/ethtool --disable-netlink -S eth0 2>&1
`

const parts = `
part irqs
for name in /proc/irq/*/eth0*; do
  irq=\${name%/*}
  read -r allowed <"$irq/smp_affinity_list"; read -r now <"$irq/effective_affinity_list"
  printf '%s %s %s\\n' "\${name##*/}" "$allowed" "$now"
done
part steering
for file in /sys/class/net/eth0/queues/rx-*/rps_cpus; do
  queue=\${file%/*}
  read -r mask <"$file"; printf '%s %s\\n' "\${queue##*-}" "$mask"
done
show threaded /sys/class/net/eth0/threaded
part table; /usr/sbin/ethtool --disable-netlink -x eth0 2>&1
`

/** Column 1 of softnet_stat: the packets that each processor has carried up so far. Until it has been quiet for longer than bursts are apart. */
const during = `
exec 9<> <(:)
part samples
last=0 busy=0 quiet=0
for i in {1..45}; do
  carried= sum=0
  while read -r packets _; do carried+=" $((16#$packets))" sum=$((sum + 16#$packets)); done </proc/net/softnet_stat
  printf '%s\\n' "$carried"
  if ((sum - last < 60)); then quiet=$((quiet + 1)); else quiet=0 busy=$((busy + 1)); fi
  if ((busy > 4 && quiet > 8)); then break; fi
  last=$sum
  read -rt 0.14 -u 9
done
`

/** Where the card's packets can end, by the server's settings. */
export interface Paths {
  /** Queues that the indirection table names. */
  queues: number[]
  /** Processors that carry up what these queues hold. */
  processors: number[]
  /** Those that their interrupts go to. */
  interrupted: number[]
}

export function pathsOf(evidence: Evidence): Paths {
  const { sections } = serverOf(evidence)
  const queues = tableOf(sections.table ?? '')
  const irqs = irqsOf(sections.irqs ?? '')
  const steering = steeringOf(sections.steering ?? '')
  const interrupted = queues.flatMap((queue) => irqs.get(queue) ?? [])
  const isThreaded = sections.threaded?.trim() === '1'
  // Threads go where there is room, the more of them, the more processors.
  const threads = isThreaded ? queues.map((_, i) => i) : []
  const carried = queues.flatMap((queue) => steering.get(queue) ?? irqs.get(queue) ?? [])
  return {
    queues,
    processors: sorted(threads.length > 1 ? threads : carried),
    interrupted: sorted(interrupted),
  }
}

/** The queues in `ethtool -x`: lines of eight entries, each begun with the number of its first one. */
const tableOf = (text: string): number[] =>
  sorted(
    [...text.matchAll(/^\s*\d+:((?:\s+\d+)+)\s*$/gm)].flatMap(([, entries = '']) =>
      entries.trim().split(/\s+/).map(Number),
    ),
  )

/**
 * Where the interrupt of each receive queue goes. Of several processors the kernel takes one and stays with it; where only one is allowed, it goes
 * there from its next time on.
 */
function irqsOf(text: string): Map<number, number[]> {
  const irqs = new Map<number, number[]>()
  for (const line of text.split('\n')) {
    const [, queue, allowed = '', now = ''] = /^eth0-(?:rx|TxRx)-(\d+) (\S+) (\S+)$/.exec(line) ?? []
    if (queue === undefined) continue
    const only = cpuList(allowed)
    irqs.set(Number(queue), only.length === 1 ? only : cpuList(now))
  }
  return irqs
}

function steeringOf(text: string): Map<number, number[]> {
  const lines = text.split('\n').flatMap((line) => {
    const [, queue, mask = ''] = /^(\d+) ([0-9a-f,]+)$/.exec(line) ?? []
    const cpus = cpuMask(mask)
    return queue === undefined || cpus.length === 0 ? [] : [[Number(queue), cpus] as const]
  })
  return new Map(lines)
}

/** Packets that each processor carried up. */
export interface Carried {
  each: number[]
  all: number
  /** The busiest one's part of all; 1 where nothing was carried. */
  share: number
}

/** Between two looks at what each had carried by then. */
export function carriedBetween(first: number[], now: number[]): Carried {
  const each = now.map((value, i) => Math.max(0, value - (first[i] ?? value)))
  const all = each.reduce((sum, one) => sum + one, 0)
  return { each, all, share: all > 0 ? Math.max(...each) / all : 1 }
}

/** During the whole check; null where the server did not say. */
export function carriedIn(evidence: Evidence): Carried | null {
  const first = softnetPackets(serverOf(evidence).sections.softnet ?? '')
  const now = softnetPackets(sectionsOf(evidence.counters).softnet ?? '')
  if (first.length === 0 || first.length !== now.length) return null
  return carriedBetween(first, now)
}

/** Column 1 of softnet_stat, a line for each processor. */
export const softnetPackets = (text: string): number[] =>
  text.split('\n').flatMap((line) => {
    const [packets = ''] = line.trim().split(/\s+/)
    return /^[0-9a-f]{8}$/.test(packets) ? [Number.parseInt(packets, 16)] : []
  })

/** The check cut into pieces of at least so many packets, about one burst each: who takes turns carries alone in each. */
export function piecesOf({ counters }: Evidence, least: number): Carried[] {
  const samples = (sectionsOf(counters).samples ?? '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((sample) => sample.length > 0 && sample.every((one) => Number.isInteger(one)))
  const pieces: Carried[] = []
  let start = samples[0]
  for (const sample of samples) {
    const piece = carriedBetween(start ?? [], sample)
    if (piece.all < least) continue
    pieces.push(piece)
    start = sample
  }
  return pieces
}

const sorted = (numbers: number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b)

/** One line of /proc/interrupts. */
export interface Interrupt {
  name: string
  /** By processor. */
  counts: number[]
}

/** The card's lines. */
export const interruptsOf = (text: string): Interrupt[] =>
  text.split('\n').flatMap((line) => {
    const [, counts, name] = /^\s*\d+:((?:\s+\d+)+)\s.*\s(eth0\S*)$/.exec(line) ?? []
    return name && counts ? [{ name, counts: counts.trim().split(/\s+/).map(Number) }] : []
  })

/** NET_RX of /proc/softirqs, by processor. */
export const netRxOf = (text: string): number[] =>
  (/^\s*NET_RX:((?:\s+\d+)+)\s*$/m.exec(text)?.[1] ?? '').trim().split(/\s+/).filter(Boolean).map(Number)

/** Packets of each queue, as the card counts them. */
export const queuePacketsOf = (text: string): number[] =>
  [...text.matchAll(/^\s*rx_queue_\d+_packets:\s+(\d+)$/gm)].map(([, packets]) => Number(packets))

export const beforeLoad = (evidence: Evidence): Sections => serverOf(evidence).sections
export const afterLoad = (evidence: Evidence): Sections => sectionsOf(evidence.counters)
