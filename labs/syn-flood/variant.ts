/**
 * The variants of this lab: the same symptom from a queue that three different numbers can bound, with the kernel's own remedy switched off in two
 * different places. Knows no machine.
 */
import { random } from '../random.ts'

export interface Variant {
  /** Which number bounds the half-open connections: the kernel's own for them, or one of the two of a listener. */
  bound: 'syn-backlog' | 'bind' | 'somaxconn'
  limit: number
  /** Where it was written that the kernel is to do without cookies: a file of sysctl, or the interface's own lines, which run later. */
  place: 'sysctl' | 'interfaces'
  /** Forged SYNs a second. */
  pps: number
  /** What the careless colleague called it. */
  trace: string
}

/**
 * Bound and place change with the seed, so that neighbours differ; the rest is drawn. A listener's limit is that of its accept queue, too: it is large
 * enough for all clients of a check, so that a busy Puma does not lose by the one what was mended in the other.
 */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  const bound = (['syn-backlog', 'bind', 'somaxconn'] as const)[seed % 3] as Variant['bound']
  const isKernels = bound === 'syn-backlog'
  return {
    bound,
    limit: isKernels ? draw.int(16, 36) : draw.int(45, 56),
    place: seed % 2 === 0 ? 'sysctl' : 'interfaces',
    pps: 10 * draw.int(13, 20) + (isKernels ? 0 : 50),
    trace: draw.pick(['60-lean', '70-hardening', '80-baseline', '90-small-server']),
  }
}
