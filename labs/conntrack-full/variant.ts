/**
 * The variants of this lab: the same symptom from a ceiling that is too low, set in two places, and in half of them from entries that also stay
 * too long. Knows no machine.
 */
import { random } from '../random.ts'

export type Pattern = 'surge' | 'waves' | 'volleys'

export interface Variant {
  /** What sets the ceiling at each boot: a file of sysctl, or a drop-in of the firewall's unit. */
  place: 'sysctl' | 'unit'
  /** nf_conntrack_max. */
  limit: number
  /** Seconds that a closed connection keeps its entry; 120 is the kernel's own. */
  closedS: number
  pattern: Pattern
  /** Clients in the largest burst of a check. */
  burst: number
  /** What the careless colleague called the file. */
  trace: string
}

/** Place and lifetime alternate with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  const place = seed % 2 === 0 ? 'sysctl' : 'unit'
  const pattern = draw.pick(['surge', 'waves', 'volleys'])
  const limit = draw.int(32, 52)
  return {
    place,
    limit,
    closedS: Math.floor(seed / 2) % 2 === 0 ? 120 : draw.pick([600, 900, 1800]),
    pattern,
    burst: limit + sizes[pattern] + draw.int(0, 8),
    trace: draw.pick(['60-small-server', '70-memory', '80-footprint', '90-night-shift']),
  }
}

const sizes: Record<Pattern, number> = { surge: 60, waves: 32, volleys: 24 }
