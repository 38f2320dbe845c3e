/**
 * What the world asks of the shop: bursts that hit the listener within a few milliseconds, and a trickle between them. Pure and seeded; the
 * same before and after. Knows the shop's pages, nothing of how the machine is broken.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'
import type { Pattern, Variant } from './variant.ts'

const server = { dst: '198.18.0.2', port: 80 }

/** Bursts of a pattern: when, how many, and how many lone requests are strewn between them. */
interface Shape {
  bursts: { atMs: number; share: number }[]
  trickle: number
  lastMs: number
}

/**
 * The check's load. The first request finds the path (the first packets after a restore are lost to ARP) and meets an idle shop, so that
 * its time shows whether a page still waits for the storage.
 */
const shapes: Record<Pattern, Shape> = {
  surge: { bursts: [{ atMs: 700, share: 1 }], trickle: 30, lastMs: 3200 },
  waves: {
    bursts: [
      { atMs: 500, share: 0.8 },
      { atMs: 2200, share: 1 },
    ],
    trickle: 6,
    lastMs: 2600,
  },
  volleys: {
    bursts: [
      { atMs: 400, share: 0.7 },
      { atMs: 1500, share: 0.7 },
      { atMs: 2600, share: 1 },
    ],
    trickle: 4,
    lastMs: 2800,
  },
}

/** The broken machine must be done by then, too. */
const endMs = 6_900
const longestMs = 5_000

/**
 * `patience` stretches how long the clients wait, not when they come: on a busy host right answers take longer, while a full queue makes
 * them repeat themselves just the same.
 */
export function checkPlan(variant: Variant, seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const { bursts, trickle, lastMs } = shapes[variant.pattern]
  const lone = Array.from({ length: trickle }, () => draw.int(300, lastMs))
  const crowd = bursts.flatMap(({ atMs, share }) => burst(draw, atMs, Math.round(variant.burst * share)))
  const timed = [...lone, ...crowd].sort((a, b) => a - b)
  const requests = timed.map((atMs) =>
    request(draw, atMs, Math.round(Math.min(longestMs, endMs - atMs) * patience)),
  )
  return {
    ...server,
    requests: [{ ...request(draw, 0, Math.round(3_000 * patience)), path: '/' }, ...requests],
  }
}

/** About four requests a second on average: enough to see the symptom, and ten such machines leave two emulating cores time for keystrokes. */
export const backgroundEveryMs = 12_000

export function backgroundPlan(variant: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const lone = Array.from({ length: 14 }, () => draw.int(0, backgroundEveryMs - 200))
  const crowd = burst(draw, draw.int(1_000, 5_000), variant.crowd)
  const requests = [...lone, ...crowd].sort((a, b) => a - b).map((atMs) => request(draw, atMs, 3_000))
  return { ...server, requests }
}

/** One burst and no patience: enough to see from outside whether clients are left waiting at the door. */
export function probePlan(variant: Variant, seed: number, patienceMs: number): LoadPlan {
  const draw = random(seed, 'probe')
  const clients = variant.limit + variant.threads + 14
  return {
    ...server,
    requests: burst(draw, 0, clients).map((atMs) => ({
      ...request(draw, atMs, patienceMs - atMs),
      path: '/items/1',
    })),
  }
}

/** How many clients arrive within a tenth of a second at most: the shop answers few of them in that time. */
export function largestBurst(times: number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  let first = 0
  return sorted.reduce((largest, at, last) => {
    while ((sorted[first] as number) < at - 100) first++
    return Math.max(largest, last - first + 1)
  }, 0)
}

const burst = (draw: Random, atMs: number, size: number): number[] =>
  Array.from({ length: size }, () => atMs + draw.int(0, 12)).sort((a, b) => a - b)

function request(draw: Random, atMs: number, totalTimeoutMs: number): PlannedRequest {
  return {
    atMs,
    src: `198.18.${16 + draw.int(0, 15)}.${draw.int(1, 254)}`,
    method: 'GET',
    // Items wait 15 ms and cost little. The front page costs ten times that, and this load is about queues, not about rendering.
    path: draw.next() < 0.06 ? '/' : `/items/${draw.int(1, 999)}`,
    connectTimeoutMs: totalTimeoutMs,
    totalTimeoutMs,
  }
}
