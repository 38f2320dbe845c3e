/**
 * What the world asks of the shop: front pages, for each of which the shop calls the price service, and items, for which it does not. Pure and
 * seeded; the same before and after. Knows the shop's pages, nothing of how the machine is broken.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'
import type { Variant } from './variant.ts'

const server = { dst: '198.18.0.2', port: 80 }

/** The check's load: more front pages than there are ports, by so many; a port serves one of them in a minute. */
export const crowd = { morePages: 18, items: 8, fromMs: 300, overMs: 4_000, patienceMs: 3_500 }

/** The first request finds the path (the first packets after a restore are lost to ARP). `patience` stretches how long the clients wait. */
export function checkPlan({ ports }: Variant, seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const waits = Math.round(crowd.patienceMs * patience)
  // Evenly, a little shaken: it is their number that matters, and a burst would only try the emulator.
  const pages = ports + crowd.morePages
  const timed = [
    ...Array.from({ length: pages }, (_, i) => ({ at: (i + draw.next()) / pages, path: '/' })),
    ...Array.from({ length: crowd.items }, () => ({ at: draw.next(), path: item(draw) })),
  ].sort((a, b) => a.at - b.at)
  return {
    ...server,
    requests: [
      request(draw, 0, '/', waits),
      ...timed.map(({ at, path }) =>
        request(draw, crowd.fromMs + Math.floor(at * crowd.overMs), path, waits),
      ),
    ],
  }
}

/** Some three requests a second, and far more front pages in a minute than there are ports. */
export const backgroundEveryMs = 12_000
const background = { pages: 30, items: 10 }

export function backgroundPlan(_variant: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const timed = [
    ...Array.from({ length: background.pages }, () => ({ atMs: draw.int(0, 11_900), path: '/' })),
    ...Array.from({ length: background.items }, () => ({ atMs: draw.int(0, 11_900), path: item(draw) })),
  ].sort((a, b) => a.atMs - b.atMs)
  return { ...server, requests: timed.map(({ atMs, path }) => request(draw, atMs, path, 3_000)) }
}

/** Two front pages. */
export function probePlan(patienceMs: number): LoadPlan {
  const draw = random(patienceMs, 'probe')
  return { ...server, requests: [0, 10].map((atMs) => request(draw, atMs, '/', patienceMs - atMs)) }
}

/** A call that ends keeps its port for a minute: so many ports serve a minute's front pages, the check's among them. */
export const portsNeeded = ({ ports }: Variant): number =>
  (background.pages * 60_000) / backgroundEveryMs + ports + crowd.morePages

/** The background's, and those of one check. */
export const clientsInAMinute = (inACheck: number): number =>
  ((background.pages + background.items) * 60_000) / backgroundEveryMs + inACheck

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
