/**
 * The variants of this lab: the same few threads, asked for in different files, and a price service that takes its time, more or less. Knows
 * no machine.
 */
import { random } from '../random.ts'

/** Which file says how many threads Puma starts. In all but the first, another file names a number that nothing goes by. */
export type Cause = 'settings' | 'config' | 'override'

export interface Variant {
  cause: Cause
  /** What the price service takes for one answer. */
  delayMs: number
  /** The number that stands where it has no effect. */
  decoy: number
  /** Front pages in one wave of the background. */
  wave: number
  /** The careless colleague's words. */
  remark: string
}

/** Puma's threads: baked into the one template of this lab, since a restart takes seconds. */
export const threads = 3

const causes = ['settings', 'config', 'override'] as const
const remarks = [
  'one thread a core and one to spare',
  'memory: see the meeting of March',
  'small pool, quick answers',
  'as on the staging machine',
] as const

/** The cause goes round with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  return {
    cause: causes[seed % causes.length] as Cause,
    delayMs: 1_400 + 25 * draw.int(0, 8),
    decoy: draw.pick([16, 20, 24, 32]),
    wave: draw.int(7, 9),
    remark: draw.pick(remarks),
  }
}
