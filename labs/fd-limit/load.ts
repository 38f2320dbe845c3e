/**
 * What the world asks of the shop: a crowd of clients that connect early and stay silent for a while, as browsers and phones do, and others that
 * want a page meanwhile. Pure and seeded; the same before and after. Knows the shop's pages, nothing of how the machine is broken.
 */
import type { LoadPlan, PlannedRequest } from '../../grader/guest.ts'
import { type Random, random } from '../random.ts'
import type { Variant } from './variant.ts'

const server = { dst: '198.18.0.2', port: 80 }

/** The silent ones ask at last for items that nobody else asks for: so the evidence tells them apart. */
const firstIdleItem = 100_000
export const isIdle = (path: string): boolean => Number(path.slice('/items/'.length)) >= firstIdleItem

/** The check's load: the silent connect first and hold on until all others have had their answer or have given up. */
const crowd = {
  askers: 12,
  fromMs: 900,
  overMs: 700,
  patienceMs: 2_300,
  idleFromMs: 300,
  holdMs: 3_800,
}

/** `patience` stretches how long the clients wait and hold on, not when they come. */
export function checkPlan({ idle }: Variant, seed: number, patience = 1): LoadPlan {
  const draw = random(seed, 'check')
  const holdMs = Math.round(crowd.holdMs * patience)
  const waitMs = Math.round(crowd.patienceMs * patience)
  const requests = [
    ...Array.from({ length: idle }, () =>
      silent(draw, crowd.idleFromMs + draw.int(0, 200), holdMs, holdMs + waitMs),
    ),
    ...Array.from({ length: crowd.askers }, () =>
      asking(draw, crowd.fromMs + draw.int(0, crowd.overMs), waitMs),
    ),
  ]
  return {
    ...server,
    requests: [{ ...asking(draw, 0, 2 * waitMs), path: '/' }, ...requests.sort((a, b) => a.atMs - b.atMs)],
  }
}

/**
 * A second and a half of every sixteen the silent crowd is there; less than three requests a second on average. While it is there a broken server
 * keeps a whole processor busy with failing, and twelve such machines share two.
 */
export const backgroundEveryMs = 16_000

export function backgroundPlan(_variant: Variant, seed: number): LoadPlan {
  const draw = random(seed, 'background')
  const crowdAtMs = draw.int(2_000, 5_000)
  const requests = [
    ...Array.from({ length: 30 }, () => silent(draw, crowdAtMs + draw.int(0, 200), 1_500, 4_500)),
    ...Array.from({ length: 3 }, () => asking(draw, crowdAtMs + draw.int(500, 1_000), 3_000)),
    ...Array.from({ length: 8 }, () => asking(draw, draw.int(0, backgroundEveryMs - 1_000), 3_000)),
  ]
  return { ...server, requests: requests.sort((a, b) => a.atMs - b.atMs) }
}

/** One client alone, then the silent crowd, then three clients at last: for a server with a descriptor left there is time for each. */
export function probePlan({ limit }: Variant, patienceMs: number): LoadPlan {
  const draw = random(patienceMs, 'probe')
  const [crowdAt, lastAt] = [0.4, 0.7].map((share) => Math.round(patienceMs * share)) as [number, number]
  return {
    ...server,
    requests: [
      asking(draw, 0, patienceMs),
      ...Array.from({ length: limit }, () => silent(draw, crowdAt, patienceMs, patienceMs - crowdAt)),
      ...Array.from({ length: 3 }, () => asking(draw, lastAt, patienceMs - lastAt)),
    ],
  }
}

const asking = (draw: Random, atMs: number, totalTimeoutMs: number): PlannedRequest => ({
  atMs,
  src: `198.18.${16 + draw.int(0, 15)}.${draw.int(1, 254)}`,
  method: 'GET',
  path: `/items/${draw.int(1, 999)}`,
  connectTimeoutMs: totalTimeoutMs,
  totalTimeoutMs,
})

const silent = (draw: Random, atMs: number, holdMs: number, totalTimeoutMs: number): PlannedRequest => ({
  ...asking(draw, atMs, totalTimeoutMs),
  path: `/items/${firstIdleItem + draw.int(1, 999)}`,
  holdMs,
})
