/**
 * What the world asks of the shop: bursts of short connections that come within a few milliseconds, and a trickle between them. Pure and
 * seeded; the same before and after. Knows the shop's pages, nothing of how the machine is broken.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'
import type { Pattern, Variant } from './variant.ts'

const server = { dst: '198.18.0.2', port: 80 }

/** When a burst comes, as a share of the largest. The largest alone is larger than the table of the broken machine. */
const shapes: Record<Pattern, { bursts: { atMs: number; share: number }[]; trickle: number }> = {
  surge: { bursts: [{ atMs: 500, share: 1 }], trickle: 24 },
  waves: {
    bursts: [
      { atMs: 400, share: 0.8 },
      { atMs: 1200, share: 1 },
    ],
    trickle: 8,
  },
  volleys: {
    bursts: [
      { atMs: 300, share: 0.6 },
      { atMs: 900, share: 0.6 },
      { atMs: 1500, share: 1 },
    ],
    trickle: 4,
  },
}
const lastMs = 1_600
/** Long enough for a second and a third SYN. */
const endMs = 4_600
const longestMs = 3_100

/** `patience` stretches how long the clients wait, not when they come. */
export function checkPlan(variant: Variant, seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const { bursts, trickle } = shapes[variant.pattern]
  const lone = Array.from({ length: trickle }, () => draw.int(250, lastMs))
  const crowd = bursts.flatMap(({ atMs, share }) => burst(draw, atMs, Math.round(variant.burst * share)))
  const requests = [...lone, ...crowd]
    .sort((a, b) => a - b)
    .map((atMs) => request(draw, atMs, Math.round(Math.min(longestMs, endMs - atMs) * patience)))
  return {
    ...server,
    requests: [{ ...request(draw, 0, Math.round(longestMs * patience)), path: '/' }, ...requests],
  }
}

export const backgroundEveryMs = 12_000
/** Clients a second, on average, for as long as the machine runs. */
export const backgroundRate = 4

export function backgroundPlan(_variant: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const all = (backgroundEveryMs / 1000) * backgroundRate
  const lone = Array.from({ length: all - 24 }, () => draw.int(0, backgroundEveryMs - 200))
  const crowd = burst(draw, draw.int(1_000, 9_000), 24)
  const requests = [...lone, ...crowd].sort((a, b) => a - b).map((atMs) => request(draw, atMs, 2_500))
  return { ...server, requests }
}

/** More clients at once than the broken table holds, and no patience: a SYN that is lost is not sent again within it. */
export function probePlan(variant: Variant, seed: number, patienceMs: number): LoadPlan {
  const draw = random(seed, 'probe')
  return {
    ...server,
    requests: burst(draw, 0, variant.limit + 20).map((atMs) => ({
      ...request(draw, atMs, patienceMs - atMs),
      path: '/health',
    })),
  }
}

const burst = (draw: Random, atMs: number, size: number): number[] =>
  Array.from({ length: size }, () => atMs + draw.int(0, 12)).sort((a, b) => a - b)

function request(draw: Random, atMs: number, totalTimeoutMs: number): PlannedRequest {
  return {
    atMs,
    src: `198.18.${16 + draw.int(0, 11)}.${draw.int(1, 254)}`,
    method: 'GET',
    path: draw.next() < 0.04 ? '/' : `/items/${draw.int(1, 999)}`,
    connectTimeoutMs: totalTimeoutMs,
    totalTimeoutMs,
  }
}
