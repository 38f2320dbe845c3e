/**
 * What the world asks of the shop: pure and seeded, the same before and after. Knows the shop's pages, nothing of how the machine is broken.
 */
import type { LoadPlan, PlannedRequest } from '../../../grader/guest.ts'
import { type Random, random } from '../../../labs/random.ts'

const server = { dst: '198.18.0.2', port: 80 }

/** TODO the load that shows the fault. `patience` stretches how long the clients wait, not when they come. */
export function checkPlan(seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const timeoutMs = Math.round(3_000 * patience)
  const requests = timesIn(draw, 40, 500, 3_000).map((atMs) => request(draw, atMs, timeoutMs))
  // The first finds the path, and meets a shop that has nothing else to do.
  return { ...server, requests: [{ ...request(draw, 0, timeoutMs), path: '/' }, ...requests] }
}

/** A few requests a second on average: enough to see the symptom, and ten such machines leave two emulating cores time for keystrokes. */
export const backgroundEveryMs = 12_000

export function backgroundPlan(seed: number): LoadPlan {
  const draw = random(seed, 'background')
  return {
    ...server,
    requests: timesIn(draw, 30, 0, backgroundEveryMs - 1_000).map((atMs) => request(draw, atMs, 3_000)),
  }
}

/** Enough to see from outside whether it is broken, and over in a moment. */
export function probePlan(seed: number, patienceMs: number): LoadPlan {
  const draw = random(seed, 'probe')
  return {
    ...server,
    requests: timesIn(draw, 8, 0, 50).map((atMs) => request(draw, atMs, patienceMs - atMs)),
  }
}

const timesIn = (draw: Random, count: number, fromMs: number, toMs: number): number[] =>
  Array.from({ length: count }, () => draw.int(fromMs, toMs)).sort((a, b) => a - b)

const request = (draw: Random, atMs: number, totalTimeoutMs: number): PlannedRequest => ({
  atMs,
  src: `198.18.${16 + draw.int(0, 15)}.${draw.int(1, 254)}`,
  method: 'GET',
  path: `/items/${draw.int(1, 999)}`,
  connectTimeoutMs: totalTimeoutMs,
  totalTimeoutMs,
})
