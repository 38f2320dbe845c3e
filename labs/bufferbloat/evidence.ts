/**
 * What this lab collects beyond the shop's own evidence: the queue of the way out, before the load and while it plays, what the files of the next boot make of it,
 * and what the clients saw of both. Knows nothing of points.
 */
import type { World } from '../../grader/guest.ts'
import { bootPart } from '../reading/boot.ts'
import { sectionsOf } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'
import { percentile } from '../shop/clients.ts'
import { collectShop, type Evidence } from '../shop/evidence.ts'
import { bootPattern } from './boot-commands.ts'
import { checkPlan, type Group, groupsOf, lengthOf, quietPlan } from './load.ts'
import { isFifo, type Queue, queueOf } from './queue.ts'
import type { Variant } from './variant.ts'

const queues = "'qdisc show dev eth0 invisible'"
const classes = "'class show dev eth0'"
const parts = bootPart(bootPattern)
/** After the load: `tc` takes longer to start than all else that a server tells before it. */
const counters = `
show netstat /proc/net/netstat
part qdisc; /usr/sbin/tc -s -j -batch - 2>&1 < <(printf '%s\\n' ${queues} ${classes})
`

/**
 * From when the downloads begin: what the processors do, and, when the queue is as long as it gets, how long it is. One `tc` for all samples: each start of it would cost
 * the busy server more than it tells, and so would the classes, of which fq_codel and cake have one for each connection.
 */
const during = `
processors() { part "$1"; read -r line </proc/stat; printf '%s\\n' "$line"; }
exec 9<> <(:)
read -rt 1.3 -u 9
processors cpu-before
read -rt 0.7 -u 9
part samples
while read -rt 0.4 -u 9 || [ $((i += 1)) -le 6 ]; do printf '%s\\n' ${queues}; done | /usr/sbin/tc -s -j -batch - 2>&1
processors cpu-after
`

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  collectShop(sandbox, {
    parts,
    counters,
    during,
    ready: () => quiet(sandbox.world, variant, seed),
    plan: (patience) => checkPlan(variant, seed, patience),
  })

/** While a load plays the background rests, but goes on with what it has begun: then the idle visits of a check would meet its downloads. */
async function quiet(world: World, variant: Variant, seed: number): Promise<void> {
  for (let second = 0; second < 4; second++) {
    const { results } = await world.load(quietPlan(variant, seed))
    if (results.every(({ connectUs }) => connectUs >= 0 && connectUs < quietUs)) return
  }
}

/** Nobody is judged by it. Connecting takes 1 to 3 ms when nobody downloads. */
const quietUs = 30_000

export interface Line {
  /** After the load; null: the server did not say. */
  queue: Queue | null
  /** While it played. */
  samples: Queue[]
  /** The most packets of all samples. */
  most: number
}

export function lineOf({ counters }: Evidence): Line {
  const { qdisc = '', samples: told = '' } = sectionsOf(counters)
  const samples = told.split('\n').flatMap((line) => queueOf(line) ?? [])
  return { queue: queueOf(qdisc), samples, most: Math.max(0, ...samples.map(({ packets }) => packets)) }
}

/**
 * The share of their time that the server's processors had nothing to do while it was downloaded from; null: it did not say. Under emulation a busy host makes all work take
 * longer, and so does whoever keeps the processors busy here.
 */
export function idleShareOf({ counters }: Evidence): number | null {
  const { 'cpu-before': from = '', 'cpu-after': to = '' } = sectionsOf(counters)
  const ticks = (line: string) => line.trim().split(/\s+/).slice(1, 9).map(Number)
  const before = ticks(from)
  const passed = ticks(to).map((tick, i) => tick - (before[i] ?? Number.NaN))
  const share = (passed[3] ?? Number.NaN) / passed.reduce((sum, tick) => sum + tick, 0)
  return Number.isFinite(share) ? share : null
}

/** The limit of the queue in which packets wait, in the unit that it counts in. */
export const limitOf = ({ queue }: Line): number | null =>
  queue?.leaves.find(({ kind }) => isFifo(kind))?.limit ?? queue?.leaves[0]?.limit ?? null

export interface Visits {
  all: number
  answered: number
  /** Of those who were connected or answered, in milliseconds; null: nobody was. */
  connectMs: number | null
  totalMs: number | null
  /** Of each; infinite where it did not happen. */
  each: { connectMs: number; totalMs: number }[]
}

export function visitsOf(evidence: Evidence, group: Group): Visits {
  const mine = inGroup(evidence, group).map(({ outcome, connectUs, totalUs }) => ({
    connectMs: connectUs < 0 ? Number.POSITIVE_INFINITY : connectUs / 1000,
    totalMs: outcome === 'ok' ? totalUs / 1000 : Number.POSITIVE_INFINITY,
  }))
  const median = (of: (one: Visits['each'][number]) => number) =>
    percentile(mine.map(of).filter(Number.isFinite), 0.5)
  return {
    all: mine.length,
    answered: mine.filter(({ totalMs }) => Number.isFinite(totalMs)).length,
    connectMs: median(({ connectMs }) => connectMs),
    totalMs: median(({ totalMs }) => totalMs),
    each: mine,
  }
}

export interface Downloads {
  all: number
  /** Some of it came. */
  begun: number
  /** It came to its end. */
  ended: number
  /** Of all of them together, from the first one's beginning until the last one's end. */
  mbit: number
}

export function downloadsOf(evidence: Evidence): Downloads {
  const mine = inGroup(evidence, 'download')
  const bytes = mine.reduce((sum, one) => sum + one.bytes, 0)
  const beginMs = Math.min(...mine.map(({ atMs }) => atMs))
  const endMs = Math.max(...mine.map(({ atMs, totalUs }) => atMs + Math.max(0, totalUs) / 1000))
  const mbit = endMs > beginMs ? (bytes * 8) / (endMs - beginMs) / 1000 : 0
  const begun = mine.filter((one) => one.bytes > 0).length
  return { all: mine.length, begun, ended: mine.filter(({ outcome }) => outcome === 'ok').length, mbit }
}

function inGroup({ load, asked }: Evidence, group: Group) {
  const groups = groupsOf(asked)
  return load.results.flatMap((result, i) =>
    groups[i] === group ? [{ ...result, atMs: asked[i]?.atMs ?? 0 }] : [],
  )
}

/** A picture that is whole and yet not as long as it is, is not the shop's. */
export function withWholePictures(evidence: Evidence): Evidence {
  const results = evidence.load.results.map((result, i) => {
    const length = lengthOf(evidence.asked[i]?.path ?? '')
    const isOther = result.outcome === 'ok' && length !== null && result.bytes !== length
    return isOther ? { ...result, head: '' } : result
  })
  return { ...evidence, load: { ...evidence.load, results } }
}
