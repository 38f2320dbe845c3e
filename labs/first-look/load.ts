/**
 * What the world asks of the shop: a quiet day. Pure and seeded; the same before and after.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'

const server = { dst: '198.18.0.2', port: 80 }
const patienceMs = 4_000

/** The front page first: an idle shop shows whether a page still waits for its storage. Then a crowd that fits into every queue, and a trickle. */
export function checkPlan(seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const crowd = Array.from({ length: 24 }, () => 900 + draw.int(0, 40))
  const lone = Array.from({ length: 12 }, () => draw.int(300, 2_000))
  const requests = [...lone, ...crowd].sort((a, b) => a - b).map((atMs) => request(draw, atMs, patience))
  return { ...server, requests: [{ ...request(draw, 0, patience), path: '/' }, ...requests] }
}

export const backgroundEveryMs = 10_000

export function backgroundPlan(seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const times = Array.from({ length: 20 }, () => draw.int(0, backgroundEveryMs - 200))
  return { ...server, requests: times.sort((a, b) => a - b).map((atMs) => request(draw, atMs)) }
}

/** A few at once, to see from outside that the shop is open. */
export function probePlan(seed: number, patienceMs: number): LoadPlan {
  const draw = random(seed, 'probe')
  return {
    ...server,
    requests: Array.from({ length: 4 }, () => ({
      ...request(draw, 0),
      path: '/health',
      connectTimeoutMs: patienceMs,
      totalTimeoutMs: patienceMs,
    })),
  }
}

function request(draw: Random, atMs: number, patience = 1): PlannedRequest {
  const totalTimeoutMs = Math.round(patienceMs * patience)
  return {
    atMs,
    src: `198.18.${16 + draw.int(0, 11)}.${draw.int(1, 254)}`,
    method: 'GET',
    path: draw.next() < 0.1 ? '/' : `/items/${draw.int(1, 999)}`,
    connectTimeoutMs: totalTimeoutMs,
    totalTimeoutMs,
  }
}
