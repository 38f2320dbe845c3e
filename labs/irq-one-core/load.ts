/**
 * What the world sends: telemetry in short bursts from many senders at once, and some visits to the shop. Pure and seeded; the same before and after.
 * Knows nothing of how the machine is broken.
 */
import type { LoadPlan, Planned } from '../../grader/guest.ts'
import { planOf, type Volley, visit, volley } from '../datagrams/load.ts'
import { type Random, random } from '../random.ts'
import type { Pattern, Variant } from './variant.ts'

type Part = Pick<Volley, 'atMs'> & { share: number }

/** Shares of the variant's burst, far enough apart that each meets empty rings. Each is more than one ring takes. */
const patterns: Record<Pattern, Part[]> = {
  volleys: [500, 1_000, 1_500, 2_000, 2_500].map((atMs) => ({ atMs, share: 1 })),
  gallop: [500, 1_100, 1_700, 2_300].map((atMs, i) => ({ atMs, share: i % 2 === 0 ? 0.92 : 1 })),
  waves: [450, 950, 1_450, 1_950, 2_450].map((atMs, i) => ({ atMs, share: 0.9 + i / 40 })),
}

const patienceMs = 3_000
const visits = 10

/**
 * The first visit finds the path and an idle shop. `patience` stretches how long everybody waits and, unlike elsewhere, when they come: a slow server
 * is slow to look at its counters, too, and must tell one burst from the next.
 */
export function checkPlan(variant: Variant, seed: number, patience = 1): LoadPlan<Planned> {
  const draw = random(seed, 'check')
  const waitMs = Math.round(patienceMs * patience)
  const at = (ms: number) => Math.round(ms * patience)
  const bursts = patterns[variant.pattern].map(({ share, atMs }) =>
    volley({ ...senders(draw, variant), atMs: at(atMs), count: Math.round(variant.burst * share) }, waitMs),
  )
  const lone = Array.from({ length: visits }, () => visit(draw, at(draw.int(300, 2_700)), waitMs))
  return planOf([visit(draw, 0, waitMs, '/'), ...bursts, ...lone])
}

export const backgroundEveryMs = 5_000

/** A burst, and two visits a second to the shop. */
export function backgroundPlan(variant: Variant, seed: number): LoadPlan<Planned> {
  const draw = random(seed, 'background')
  const atMs = draw.int(1_000, 3_000)
  const burst = volley({ ...senders(draw, variant), atMs, count: variant.burst }, patienceMs)
  const lone = Array.from({ length: 10 }, () => visit(draw, draw.int(0, backgroundEveryMs - 200), patienceMs))
  return planOf([burst, ...lone])
}

/** A few datagrams, at which every interrupt moves to where it may go now, and right behind them a burst. */
export function probePlan(variant: Variant, seed: number): LoadPlan<Planned> {
  const draw = random(seed, 'probe')
  const few = { ...senders(draw, variant), sources: 48, count: 48 }
  return planOf([
    volley({ ...few, atMs: 0 }, patienceMs),
    volley({ ...senders(draw, variant), atMs: 60, count: variant.burst }, patienceMs),
  ])
}

const senders = (draw: Random, { sources, bytes }: Variant): Pick<Volley, 'src' | 'sources' | 'bytes'> => ({
  src: `198.18.${16 + draw.int(0, 14)}.1`,
  sources,
  bytes,
})
