/**
 * What the world asks of the shop: small pages and pictures, from near and from behind the narrow way. Pure and seeded; the same before and after.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'
import type { Variant } from './variant.ts'

const server = { dst: '198.18.0.2', port: 80 }

export type Group = 'near page' | 'near picture' | 'far page' | 'far picture'

/** How many of each a check has. */
const crowd: Record<Group, number> = { 'near page': 9, 'near picture': 10, 'far page': 14, 'far picture': 24 }
const lastMs = 1_500
/** Less than TCP takes to suspect by itself that something swallows its packets: three repetitions, 3 s. */
const longestMs = 2_800

/** `patience` stretches how long the clients wait, not when they come. */
export function checkPlan(_variant: Variant, seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const all = (Object.keys(crowd) as Group[]).flatMap((group) =>
    Array.from({ length: crowd[group] }, () => request(draw, group, draw.int(200, lastMs))),
  )
  const first = { ...request(draw, 'near page', 0), path: '/' }
  return {
    ...server,
    requests: [first, ...all.sort((a, b) => a.atMs - b.atMs)].map((one) =>
      patiently(one, Math.round(longestMs * patience)),
    ),
  }
}

/** Two or three clients a second, one in four of them for a picture over the narrow way. */
export const backgroundEveryMs = 12_000

export function backgroundPlan(_variant: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const groups = Object.keys(crowd) as Group[]
  const requests = Array.from({ length: 28 }, (_, i) =>
    request(draw, groups[i % 4] as Group, draw.int(0, backgroundEveryMs - 200)),
  )
  return { ...server, requests: requests.sort((a, b) => a.atMs - b.atMs) }
}

/** Some of each, at once: only the far pictures do not come. */
export function probePlan(_variant: Variant, seed: number, patienceMs: number): LoadPlan {
  const draw = random(seed, 'probe')
  const groups: Group[] = [
    'near picture',
    'far page',
    'far page',
    'far picture',
    'far picture',
    'far picture',
  ]
  const requests = groups.map((group) => {
    const one = request(draw, group, 0)
    return patiently(group.endsWith('page') ? { ...one, path: '/health' } : one, patienceMs)
  })
  return { ...server, requests }
}

export const groupOf = ({ src, path }: { src: string; path: string }): Group =>
  `${src.startsWith('198.19.') ? 'far' : 'near'} ${path.startsWith('/photos/') ? 'picture' : 'page'}`

/** How long a picture's body is; null for pages. */
export function lengthOf(path: string): number | null {
  const kilobytes = /^\/photos\/(\d+)$/.exec(path)?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) * 1024
}

function request(draw: Random, group: Group, atMs: number): PlannedRequest {
  const isFar = group.startsWith('far')
  const range = isFar ? `198.19.${draw.int(0, 127)}` : `198.18.${16 + draw.int(0, 11)}`
  // What a socket takes at once, so that Puma's threads do not wait for clients who hear nothing.
  const path = group.endsWith('picture') ? `/photos/${draw.int(8, 20)}` : `/items/${draw.int(1, 999)}`
  return {
    atMs,
    src: `${range}.${draw.int(1, 254)}`,
    method: 'GET',
    path,
    connectTimeoutMs: 2_500,
    totalTimeoutMs: 2_500,
  }
}

const patiently = (one: PlannedRequest, longest: number): PlannedRequest => ({
  ...one,
  connectTimeoutMs: longest,
  totalTimeoutMs: longest,
})
