/**
 * What the world sends to the playground: something of every kind, so that each break shows. Pure and seeded; knows no break.
 */
import type { LoadPlan, Planned, PlannedRequest } from '../../grader/guest.ts'
import { planOf, visit, volley } from '../datagrams/load.ts'
import { type Random, random } from '../random.ts'

export const backgroundEveryMs = 12_000
const patienceMs = 3_000

/** A crowd at once, visits from near and far, one of them for a picture, and a burst of telemetry. */
export function backgroundPlan(seed: number): LoadPlan<Planned> {
  const draw = random(seed, 'playground')
  const times = (count: number) => Array.from({ length: count }, () => draw.int(0, backgroundEveryMs - 300))
  return planOf([
    ...Array.from({ length: 32 }, () => near(draw, visit(draw, 3_000 + draw.int(0, 12), patienceMs))),
    ...times(14).map((atMs) => near(draw, visit(draw, atMs, patienceMs))),
    ...times(8).map((atMs) => far(draw, visit(draw, atMs, patienceMs))),
    ...times(2).map((atMs) => far(draw, visit(draw, atMs, patienceMs, '/photos/20'))),
    ...times(2).map((atMs) => near(draw, visit(draw, atMs, patienceMs, '/'))),
    volley({ atMs: 8_000, src: '198.18.20.1', sources: 64, count: 800, bytes: 200 }, patienceMs),
  ])
}

/** A few at once, to see from outside that the shop is open. */
export function probePlan(seed: number, patienceMs: number): LoadPlan<Planned> {
  const draw = random(seed, 'probe')
  return planOf(Array.from({ length: 4 }, () => near(draw, visit(draw, 0, patienceMs, '/health'))))
}

/** Below the range that this server's firewall turns away (shop/firewall.ts). */
const near = (draw: Random, request: PlannedRequest): PlannedRequest => ({
  ...request,
  src: `198.18.${16 + draw.int(0, 11)}.${draw.int(1, 254)}`,
})

const far = (draw: Random, request: PlannedRequest): PlannedRequest => ({
  ...request,
  src: `198.19.${draw.int(0, 127)}.${draw.int(1, 254)}`,
})
