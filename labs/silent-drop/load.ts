/**
 * What the world asks of the shop: near clients, far clients, and far clients of the range that is lost, mixed. Pure and seeded; the same before
 * and after.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'
import { addressOf, overlap, type Range, rangesIn } from '../reading/addresses.ts'
import { farRange, lostRange, type Variant } from './variant.ts'

const server = { dst: '198.18.0.2', port: 80 }

export type Group = 'near' | 'far' | 'lost'

/** How many of each a check has. */
const crowd: Record<Group, number> = { near: 24, far: 24, lost: 40 }
/** All have begun by then; a lost SYN is sent again after one second and after two. */
const lastMs = 1_600
const longestMs = 2_900

/** `patience` stretches how long the clients wait, not when they come. */
export function checkPlan(variant: Variant, seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const some = (group: Group) =>
    Array.from({ length: crowd[group] }, () => request(draw, variant, group, draw.int(200, lastMs)))
  const all = [...some('near'), ...some('far'), ...some('lost')].sort((a, b) => a.atMs - b.atMs)
  const first = { ...request(draw, variant, 'near', 0), path: '/' }
  return {
    ...server,
    requests: [first, ...all].map((one) => patiently(one, Math.round(longestMs * patience))),
  }
}

/** Three to four clients a second, one in three of them lost. */
export const backgroundEveryMs = 12_000

export function backgroundPlan(variant: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const groups: Group[] = ['near', 'far', 'lost']
  const requests = Array.from({ length: 42 }, (_, i) =>
    request(draw, variant, groups[i % 3] as Group, draw.int(0, backgroundEveryMs - 200)),
  )
  return { ...server, requests: requests.sort((a, b) => a.atMs - b.atMs) }
}

/** Some of each, at once: lost ones hear nothing, the others do. */
export function probePlan(variant: Variant, seed: number, patienceMs: number): LoadPlan {
  const draw = random(seed, 'probe')
  const groups: Group[] = ['near', 'far', 'lost', 'lost', 'lost', 'lost']
  const requests = groups.map((group) => ({ ...request(draw, variant, group, 0), path: '/health' }))
  return { ...server, requests: requests.map((one) => patiently(one, patienceMs)) }
}

export function groupOf(variant: Variant, src: string): Group {
  const [client] = rangesIn(src) as [Range]
  if (overlap(client, lostRange(variant))) return 'lost'
  return overlap(client, farRange) ? 'far' : 'near'
}

function request(draw: Random, variant: Variant, group: Group, atMs: number): PlannedRequest {
  return {
    atMs,
    src: client(draw, variant, group),
    method: 'GET',
    path: draw.next() < 0.05 ? '/' : `/items/${draw.int(1, 999)}`,
    connectTimeoutMs: 2_500,
    totalTimeoutMs: 2_500,
  }
}

function client(draw: Random, variant: Variant, group: Group): string {
  if (group === 'near') return `198.18.${16 + draw.int(0, 11)}.${draw.int(1, 254)}`
  const { first, last } = group === 'lost' ? lostRange(variant) : farRange
  const src = addressOf(draw.int(first + 1, last - 1))
  return groupOf(variant, src) === group ? src : client(draw, variant, group)
}

const patiently = (one: PlannedRequest, longest: number): PlannedRequest => ({
  ...one,
  connectTimeoutMs: longest,
  totalTimeoutMs: longest,
})
