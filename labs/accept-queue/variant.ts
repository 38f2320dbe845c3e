/**
 * The variants of this lab: the same symptom from two causes, with other limits, thread counts and clients. Knows no machine.
 */
import { random } from '../random.ts'

export type Pattern = 'surge' | 'waves' | 'volleys'

export interface Variant {
  /** What made the queue short: the kernel's ceiling, or what Puma asks for. */
  cause: 'somaxconn' | 'backlog'
  /** The limit in force: the smaller of the two. */
  limit: number
  /** Puma's threads; each value costs a machine template. */
  threads: 4 | 8
  pattern: Pattern
  /** Clients in the largest burst of a check. */
  burst: number
  /** Clients in each burst of the background: some fifteen more than find a place. */
  crowd: number
  /** Who left it so: the file in /etc/sysctl.d, or the remark in Puma's configuration. */
  trace: string
}

const sysctlFiles = ['60-hardening', '70-memory', '90-web', '80-baseline'] as const
const remarks = [
  'short queue: whoever waits gives up anyway',
  'keep memory for waiting connections small',
  'fail fast, agreed in the review of March',
] as const

/** Cause and threads alternate with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  const cause = seed % 2 === 0 ? 'somaxconn' : 'backlog'
  const pattern = draw.pick(['surge', 'waves', 'volleys'])
  const limit = draw.int(4, 12)
  const threads = Math.floor(seed / 2) % 2 === 0 ? 8 : 4
  return {
    cause,
    limit,
    threads,
    pattern,
    burst: sizes[pattern] + draw.int(0, 8),
    crowd: limit + threads + 16 + draw.int(0, 6),
    trace: cause === 'somaxconn' ? draw.pick(sysctlFiles) : draw.pick(remarks),
  }
}

const sizes: Record<Pattern, number> = { surge: 88, waves: 72, volleys: 60 }
