/**
 * What the world does with the shop: photographs are uploaded from near and far, and pages asked for. Pure and seeded; the same before and after.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'
import type { Variant } from './variant.ts'

const server = { dst: '198.18.0.2', port: 80 }

export type Group = 'near page' | 'far page' | 'near upload' | 'far upload'

/**
 * How many of each a check has, beside the lone first page. All far uploads together are fewer packets than the world's WAN can hold (2,048 each
 * way), so that none is lost there however fast they are sent.
 */
const crowd: Record<Group, number> = { 'near page': 3, 'far page': 3, 'near upload': 3, 'far upload': 6 }
export const photographBytes = 320_000
const lastMs = 1_000
/** A mended server needs a second; a broken one more than six, however fast the host is (load.test.ts). */
export const longestMs = 4_200
/** Beyond that a check would take longer than it may. */
const mostPatience = 1.5

/** `patience` stretches how long the clients wait, not when they come. */
export function checkPlan(_variant: Variant, seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const all = (Object.keys(crowd) as Group[]).flatMap((group) =>
    Array.from({ length: crowd[group] }, () => request(draw, group, draw.int(300, lastMs), photographBytes)),
  )
  const first = { ...request(draw, 'near page', 0, 0), path: '/' }
  const wait = Math.round(longestMs * Math.min(mostPatience, patience))
  return {
    ...server,
    requests: [first, ...all.sort((a, b) => a.atMs - b.atMs)].map((one) => patiently(one, wait)),
  }
}

/** Some photographs, small ones, so that on the broken server there is always one on its way. */
export const backgroundEveryMs = 12_000

export function backgroundPlan(_variant: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const at = (group: Group, times: number[], bytes = 0) =>
    times.map((atMs) => patiently(request(draw, group, atMs + draw.int(0, 400), bytes), 11_000))
  const requests = [
    ...at('far upload', [0, 3_000, 6_000, 9_000], 150_000),
    ...at('near upload', [1_500, 7_500], 150_000),
    ...at('near page', [500, 4_500, 8_500]),
    ...at('far page', [2_500, 6_500, 10_500]),
  ]
  return { ...server, requests: requests.sort((a, b) => a.atMs - b.atMs) }
}

/** A broken server lets two segments a round trip in, or three: so many bytes at most. */
const mostInRound = 3 * 1448

/**
 * One near upload and two far ones, which nobody who is held to a few segments a round trip can finish in time. A server with room has them after one to
 * three round trips, since a sender begins with ten segments and doubles that each time.
 */
export function probePlan({ delayMs }: Variant, seed: number, patienceMs: number): LoadPlan {
  const draw = random(seed, 'probe')
  const rounds = Math.ceil((1.25 * patienceMs) / (2 * delayMs))
  const bytes = (rounds - 1) * mostInRound
  const groups: Group[] = ['near upload', 'far upload', 'far upload']
  return {
    ...server,
    requests: groups.map((group) => patiently(request(draw, group, 0, bytes), patienceMs)),
  }
}

/** Which of the four somebody was, by what they asked and whence. */
export function groupOf({ src, path }: { src: string; path: string }): Group {
  const where = src.startsWith('198.19.') ? 'far' : 'near'
  return bytesIn(path) === null ? `${where} page` : `${where} upload`
}

/** The length of an upload; null of what is none. The shop minds the path alone; what follows it is for us. */
export const bytesIn = (path: string): number | null => {
  const bytes = /^\/upload\?bytes=(\d+)$/.exec(path)?.[1]
  return bytes === undefined ? null : Number(bytes)
}

function request(draw: Random, group: Group, atMs: number, bytes: number): PlannedRequest {
  const src = group.startsWith('far')
    ? `198.19.${draw.int(0, 127)}.${draw.int(1, 254)}`
    : `198.18.${16 + draw.int(0, 11)}.${draw.int(1, 254)}`
  const asked = group.endsWith('upload')
    ? { method: 'POST' as const, path: `/upload?bytes=${bytes}`, bodyBytes: bytes }
    : { method: 'GET' as const, path: `/items/${draw.int(1, 999)}` }
  return { atMs, src, ...asked, connectTimeoutMs: longestMs, totalTimeoutMs: longestMs }
}

const patiently = (one: PlannedRequest, longest: number): PlannedRequest => ({
  ...one,
  connectTimeoutMs: longest,
  totalTimeoutMs: longest,
})
