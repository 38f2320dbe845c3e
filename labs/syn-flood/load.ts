/**
 * What the honest clients ask of the shop while the flood goes on: a steady trickle from near and far. Pure and seeded; the same before and after.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'
import type { Variant } from './variant.ts'

const server = { dst: '198.18.0.2', port: 80 }

/** Of a check; a third of them far. No more than a listener holds even where its limit is short: see variant.ts. */
const crowd = (bound: Variant['bound']): number => (bound === 'syn-backlog' ? 59 : 43)
const lastMs = 2_400
/** A lost SYN is sent again after one second and after two. */
const longestMs = 2_900

/**
 * `patience` stretches how long the clients wait, not when they come. The addresses are not the background's: a kernel without cookies keeps some
 * room for clients whom it knows, and nobody here is to be known.
 */
export function checkPlan({ bound }: Variant, seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const times = Array.from({ length: crowd(bound) }, () => draw.int(250, lastMs)).sort((a, b) => a - b)
  const first = { ...request(draw, 0, 24), path: '/' }
  const wait = Math.round(longestMs * patience)
  return {
    ...server,
    requests: [first, ...times.map((atMs) => request(draw, atMs, 24))].map((one) => patiently(one, wait)),
  }
}

/** Three clients a second. */
export const backgroundEveryMs = 12_000

export function backgroundPlan(_variant: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const times = Array.from({ length: 36 }, () => draw.int(0, backgroundEveryMs - 200)).sort((a, b) => a - b)
  return { ...server, requests: times.map((atMs) => request(draw, atMs, 16)) }
}

/** Some at once: while the queue is full, hardly anybody hears anything. Other addresses at each `moment` of the flood. */
export function probePlan(seed: number, moment: number, patienceMs: number): LoadPlan {
  const draw = random(seed, `probe ${moment}`)
  const requests = Array.from({ length: probes }, () => ({ ...request(draw, 0, 16), path: '/health' }))
  return { ...server, requests: requests.map((one) => patiently(one, patienceMs)) }
}
export const probes = 12

/** `block` is the first of eight near and of 40 far blocks of addresses. */
function request(draw: Random, atMs: number, block: 16 | 24): PlannedRequest {
  const isFar = draw.next() < 0.33
  const range = isFar
    ? `198.19.${block === 16 ? draw.int(0, 39) : draw.int(40, 79)}`
    : `198.18.${block + draw.int(0, 3)}`
  return {
    atMs,
    src: `${range}.${draw.int(1, 254)}`,
    method: 'GET',
    path: draw.next() < 0.05 ? '/' : `/items/${draw.int(1, 999)}`,
    connectTimeoutMs: 2_500,
    totalTimeoutMs: 2_500,
  }
}

const patiently = (one: PlannedRequest, longest: number): PlannedRequest => ({
  ...one,
  connectTimeoutMs: longest,
  totalTimeoutMs: longest,
})
