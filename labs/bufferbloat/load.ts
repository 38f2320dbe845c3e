/**
 * What the world asks of the shop: some customers download at once, as much as the line carries, and others look at small pages, before that and
 * beside it. Pure and seeded; the same before and after.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'
import type { Variant } from './variant.ts'

const server = { dst: '198.18.0.2', port: 80 }

export type Group = 'download' | 'idle' | 'loaded'

/**
 * TCP keeps no more than two bunches of a connection in the queue of an interface (tcp_small_queue_check), here about 5.6 kB, whatever that queue
 * could hold: it is the number of connections that makes it long. Six for each Mbit/s make it a quarter of a second.
 */
export const downloads = ({ rateKbit }: Pick<Variant, 'rateKbit'>): number =>
  Math.round((6 * rateKbit) / 1_000)

/** First the idle visits, then all downloads within 0.8 s, as fast as Puma begins them, then, with the queue as long as it gets, the others. */
const times = { idleMs: 300, downloadsMs: 1_400, loadedMs: 2_600, lastMs: 5_000, endMs: 5_600 }
const idle = 12
const loaded = 16
/** More than the line carries until the end, were it shared ever so unevenly. */
const kilobytes = 300
const patienceMs = 3_000

/** `patience` stretches how long the visits wait, not when they come; downloads end with the check. */
export function checkPlan(variant: Variant, seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const { idleMs, downloadsMs, loadedMs, lastMs, endMs } = times
  const waitMs = Math.round(patienceMs * patience)
  const requests = [
    { ...visit(draw, 0, waitMs), path: '/' },
    ...spread(idle, idleMs, downloadsMs - 150).map((atMs) => visit(draw, atMs, waitMs)),
    ...spread(downloads(variant), downloadsMs, downloadsMs + 800).map((atMs) =>
      download(draw, atMs, endMs - atMs, kilobytes),
    ),
    ...spread(loaded, loadedMs, lastMs).map((atMs) => visit(draw, atMs + draw.int(0, 40), waitMs)),
  ]
  return { ...server, requests: sorted(requests) }
}

/** Two seconds of eight the line is full. Each gets all of it, so that these are answered like anybody else. */
export const backgroundEveryMs = 8_000

export function backgroundPlan(variant: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const share = Math.round(((variant.rateKbit / 8) * 2) / downloads(variant))
  const requests = [
    ...spread(downloads(variant), 1_000, 1_400).map((atMs) => download(draw, atMs, 15_000, share)),
    ...spread(14, 200, backgroundEveryMs - 400).map((atMs) => visit(draw, atMs + draw.int(0, 200), 5_000)),
  ]
  return { ...server, requests: sorted(requests) }
}

/** Visits alone, for less than a second: whether what the background has begun to download has left. */
export function quietPlan(_variant: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'quiet')
  return { ...server, requests: [0, 200, 400, 600].map((atMs) => visit(draw, atMs, 2_000)) }
}

/**
 * Some downloads, and when these have had `askMs` to begin, a few who only want to connect. They give up before what waits there by then can have left: of fourteen
 * downloads that is a fifth of a second at least.
 */
export function probePlan(_variant: Variant, seed: number, askMs: number): LoadPlan {
  const draw = random(seed, 'probe')
  const health = (atMs: number, waitMs: number) => ({ ...visit(draw, atMs, waitMs), path: '/health' })
  const knocks = Array.from({ length: 4 }, () => health(askMs, 60))
  const fetched = spread(14, 5, 40).map((atMs) => download(draw, atMs, askMs + 60 - atMs, 200))
  return { ...server, requests: sorted([health(0, askMs), ...fetched, ...knocks]) }
}

export function groupsOf(asked: { atMs: number; path: string }[]): Group[] {
  const begin = Math.min(...asked.filter(({ path }) => lengthOf(path) !== null).map(({ atMs }) => atMs))
  return asked.map(({ atMs, path }) =>
    lengthOf(path) === null ? (atMs < begin ? 'idle' : 'loaded') : 'download',
  )
}

/** How long a picture's body is; null for pages. */
export function lengthOf(path: string): number | null {
  const kilobytes = /^\/photos\/(\d+)$/.exec(path)?.[1]
  return kilobytes === undefined ? null : Number(kilobytes) * 1024
}

const spread = (count: number, from: number, to: number): number[] =>
  Array.from({ length: count }, (_, i) => from + Math.floor((i * (to - from)) / count))

const sorted = (requests: PlannedRequest[]): PlannedRequest[] => requests.sort((a, b) => a.atMs - b.atMs)

const visit = (draw: Random, atMs: number, waitMs: number): PlannedRequest => ({
  atMs,
  src: `198.18.${16 + draw.int(0, 5)}.${draw.int(1, 254)}`,
  method: 'GET',
  path: `/items/${draw.int(1, 999)}`,
  connectTimeoutMs: waitMs,
  totalTimeoutMs: waitMs,
})

const download = (draw: Random, atMs: number, waitMs: number, kilobytes: number): PlannedRequest => ({
  ...visit(draw, atMs, waitMs),
  src: `198.18.${22 + draw.int(0, 5)}.${draw.int(1, 254)}`,
  path: `/photos/${kilobytes}`,
})
