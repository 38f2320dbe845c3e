/**
 * What the world sends: telemetry that comes in bursts, from many senders at once, and some visits to the shop. Pure and seeded; the same before and
 * after. Knows nothing of how the machine is broken.
 */
import type { LoadPlan, Planned } from '../../grader/guest.ts'
import { planOf, type Volley, visit, volley } from '../datagrams/load.ts'
import { type Random, random } from '../random.ts'
import type { Pattern, Variant } from './variant.ts'

type Part = Pick<Volley, 'atMs' | 'overMs'> & { share: number }

/** Shares of the variant's burst. What is spread shows the contrast: as many datagrams, and hardly one is lost. */
const patterns: Record<Pattern, Part[]> = {
  gusts: [
    { atMs: 500, share: 1 },
    { atMs: 1_500, share: 1 },
    { atMs: 2_500, share: 1 },
  ],
  drizzle: [
    { atMs: 450, share: 0.25, overMs: 700 },
    { atMs: 1_700, share: 1 },
    { atMs: 2_500, share: 1 },
  ],
  relay: [
    { atMs: 500, share: 0.7 },
    { atMs: 1_200, share: 0.8 },
    { atMs: 1_900, share: 0.9 },
    { atMs: 2_600, share: 1 },
  ],
}

const patienceMs = 3_000
const visits = 10

/** The first visit finds the path and an idle shop. `patience` stretches how long everybody waits, not when they come. */
export function checkPlan(variant: Variant, seed: number, patience = 1): LoadPlan<Planned> {
  const draw = random(seed, 'check')
  const waitMs = Math.round(patienceMs * patience)
  const bursts = patterns[variant.pattern].map(({ share, ...when }) =>
    volley({ ...sender(draw, variant), ...when, count: Math.round(variant.burst * share) }, waitMs),
  )
  const lone = Array.from({ length: visits }, () => visit(draw, draw.int(300, 2_700), waitMs))
  return planOf([visit(draw, 0, waitMs, '/'), ...bursts, ...lone])
}

export const backgroundEveryMs = 6_000
export const backgroundBurst = 800

/** A burst that overflows the small ring and little else, and two visits a second to the shop. */
export function backgroundPlan(variant: Variant, seed: number): LoadPlan<Planned> {
  const draw = random(seed, 'background')
  const atMs = draw.int(1_000, 3_000)
  const burst = volley({ ...sender(draw, variant), atMs, count: backgroundBurst }, patienceMs)
  const lone = Array.from({ length: 12 }, () => visit(draw, draw.int(0, backgroundEveryMs - 200), patienceMs))
  return planOf([burst, ...lone])
}

/** One burst: enough to see from outside whether datagrams are lost. */
export function probePlan(variant: Variant, seed: number): LoadPlan<Planned> {
  const draw = random(seed, 'probe')
  return planOf([volley({ ...sender(draw, variant), atMs: 0, count: 1_500 }, patienceMs)])
}

const sender = (draw: Random, { sources, bytes }: Variant): Pick<Volley, 'src' | 'sources' | 'bytes'> => ({
  src: `198.18.${16 + draw.int(0, 15)}.${draw.int(1, 100)}`,
  sources,
  bytes,
})
