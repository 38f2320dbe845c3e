/**
 * The variants of this lab: too few threads, more or less so, asked for in different files, and a price service that takes its time. Knows no
 * machine.
 */
import { random } from '../random.ts'

/** Which file says how many threads Puma starts. In all but the first, another file names a number that nothing goes by. */
export type Cause = 'settings' | 'config' | 'override'

export interface Variant {
  cause: Cause
  /** Puma's threads; each value costs a machine template. */
  threads: 2 | 3 | 4
  /** What the price service takes for one answer. */
  delayMs: number
  /** The number that stands where it has no effect. */
  decoy: number
  /** Front pages in one wave of the background. */
  wave: number
  /** The careless colleague's words. */
  remark: string
}

/** Seven against three causes: each number meets each cause in time. Seeds 1 and 2, of which every wrong fix is recorded, both have three; all other neighbours but one pair differ. */
const pools = [4, 3, 3, 2, 4, 2, 3] as const
const causes = ['settings', 'config', 'override'] as const
const remarks = [
  'a thread or two a core',
  'memory: see the meeting of March',
  'small pool, quick answers',
  'as on the staging machine',
] as const

/** Cause and threads go round with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  const threads = pools[seed % pools.length] as Variant['threads']
  return {
    cause: causes[seed % causes.length] as Cause,
    threads,
    delayMs: 1_400 + 25 * draw.int(0, 8),
    decoy: draw.pick([16, 20, 24, 32]),
    // More than two rounds of the threads, and no more than three.
    wave: draw.int(2 * threads + 1, 3 * threads),
    remark: draw.pick(remarks),
  }
}
