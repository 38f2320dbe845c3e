/**
 * What the world asks of the shop: front pages, which ask the price service, and items, which do not. Pure and seeded; the same before and
 * after. Knows the shop's pages, nothing of how the machine is broken.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'
import type { Variant } from './variant.ts'

const server = { dst: '198.18.0.2', port: 80 }

/** The check's load: front pages and items, spread over so long, each waited for so long. */
export const crowd = { items: 8, fromMs: 400, overMs: 2_000, patienceMs: 3_500 }
/** More front pages than the threads serve even in twice that time. */
export const pagesOf = ({ threads }: Variant): number => 5 * (threads + 1)

/**
 * The first request finds the path (the first packets after a restore are lost to ARP). `patience` stretches how long the clients wait, not
 * when they come.
 */
export function checkPlan(variant: Variant, seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const waits = Math.round(crowd.patienceMs * patience)
  const coming = (count: number, path: () => string) =>
    Array.from({ length: count }, () => ({ atMs: crowd.fromMs + draw.int(0, crowd.overMs), path: path() }))
  const timed = [...coming(pagesOf(variant), () => '/'), ...coming(crowd.items, () => item(draw))]
  return {
    ...server,
    requests: [
      request(draw, 0, '/', waits),
      ...timed.sort((a, b) => a.atMs - b.atMs).map(({ atMs, path }) => request(draw, atMs, path, waits)),
    ],
  }
}

/** Waves that the few threads need some four seconds for, with a calm before and after each; on average two requests a second at most. */
export const backgroundEveryMs = 10_000

export function backgroundPlan({ wave }: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const pages = Array.from({ length: wave }, () => ({ atMs: 3_000 + draw.int(0, 400), path: '/' }))
  const items = Array.from({ length: 8 }, () => ({ atMs: draw.int(0, 8_000), path: item(draw) }))
  const timed = [...pages, ...items].sort((a, b) => a.atMs - b.atMs)
  return { ...server, requests: timed.map(({ atMs, path }) => request(draw, atMs, path, 8_000)) }
}

/** A few more front pages than threads, then one item: it needs nothing but a free thread. The item is the last request. */
export function probePlan({ threads }: Variant, patienceMs: number): LoadPlan {
  const draw = random(patienceMs, 'probe')
  const pages = Array.from({ length: threads + 2 }, () => request(draw, 0, '/', patienceMs))
  const itemAtMs = Math.round(patienceMs * 0.4)
  return { ...server, requests: [...pages, request(draw, itemAtMs, item(draw), patienceMs - itemAtMs)] }
}

/** What a front page keeps a thread for: besides the prices it costs a tenth of a second at most. */
const pageMs = ({ delayMs }: Pick<Variant, 'delayMs'>): number => delayMs + 100
const itemMs = 50

/** With fewer threads nobody serves the check's crowd within its patience: by Little's law. */
export const threadsNeeded = (variant: Variant): number =>
  Math.ceil((pagesOf(variant) * pageMs(variant)) / (crowd.overMs + crowd.patienceMs))

/** With so many, those who ask at these times are all served within the check's patience, first come, first served. */
export function threadsEnough(asked: Asked[], variant: Pick<Variant, 'delayMs'>): number {
  const enough = asked.findIndex((_, i) => isServedBy(i + 1, asked, pageMs(variant)))
  return enough < 0 ? asked.length : enough + 1
}

type Asked = Pick<PlannedRequest, 'atMs' | 'path'>

function isServedBy(threads: number, asked: Asked[], pageMs: number): boolean {
  const freeAt = Array.from({ length: threads }, () => 0)
  return asked.every(({ atMs, path }) => {
    const soonest = Math.min(...freeAt)
    const doneAt = Math.max(atMs, soonest) + (path === '/' ? pageMs : itemMs)
    freeAt[freeAt.indexOf(soonest)] = doneAt
    return doneAt <= atMs + crowd.patienceMs
  })
}

const item = (draw: Random): string => `/items/${draw.int(1, 999)}`

function request(draw: Random, atMs: number, path: string, totalTimeoutMs: number): PlannedRequest {
  return {
    atMs,
    src: `198.18.${16 + draw.int(0, 15)}.${draw.int(1, 254)}`,
    method: 'GET',
    path,
    connectTimeoutMs: totalTimeoutMs,
    totalTimeoutMs,
  }
}
