/**
 * What the world asks of the shop: lone clients or small waves, each from an address of its own, never more at once than any queue here holds.
 * Pure and seeded; the same before and after. Knows the shop's pages, nothing of how the machine is broken.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'
import type { Variant } from './variant.ts'

const server = { dst: '198.18.0.2', port: 80 }

const fromMs = 300
const overMs = 1_900
const patienceMs = 3_000
const wave = 12

/** The first request finds the path (the first packets after a restore are lost to ARP). `patience` stretches how long the clients wait. */
export function checkPlan({ pattern, clients }: Variant, seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const waits = Math.round(patienceMs * patience)
  const times = Array.from({ length: clients }, (_, i) =>
    pattern === 'waves' ? waveOf(draw, i, clients) : fromMs + draw.int(0, overMs),
  )
  const coming = times.sort((a, b) => a - b).map((atMs) => request(draw, atMs, waits))
  return { ...server, requests: [{ ...request(draw, 0, waits), path: '/' }, ...coming] }
}

const waveOf = (draw: Random, i: number, clients: number): number =>
  fromMs + Math.round((Math.floor(i / wave) * wave * overMs) / clients) + draw.int(0, 12)

export const backgroundEveryMs = 10_000

/** Two and a half requests a second: each second one stays in the queue that nobody empties. */
export function backgroundPlan(_variant: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const times = Array.from({ length: 25 }, () => draw.int(0, backgroundEveryMs - 200))
  return { ...server, requests: times.sort((a, b) => a - b).map((atMs) => request(draw, atMs, patienceMs)) }
}

/** A handful of clients at once, for a page that costs nothing. */
export function probePlan(seed: number, waitMs: number): LoadPlan {
  const draw = random(seed, `probe ${waitMs}`)
  return {
    ...server,
    requests: Array.from({ length: 10 }, () => ({ ...request(draw, 0, waitMs), path: '/health' })),
  }
}

function request(draw: Random, atMs: number, totalTimeoutMs: number): PlannedRequest {
  return {
    atMs,
    src: `198.18.${16 + draw.int(0, 15)}.${draw.int(1, 254)}`,
    method: 'GET',
    path: draw.next() < 0.05 ? '/' : `/items/${draw.int(1, 999)}`,
    connectTimeoutMs: totalTimeoutMs,
    totalTimeoutMs,
  }
}
