/**
 * The variants of this lab: the same symptom from packets steered to one processor or to both, with other limits and other bursts, and the small
 * number left in other places. Knows no machine.
 */
import { random } from '../random.ts'

export type Pattern = 'volleys' | 'gallop' | 'waves'

export interface Variant {
  /** Processors that packets are steered to, as a hexadecimal mask: one other, or both. */
  mask: '1' | '3'
  /** Packets that may wait for one processor. */
  backlog: number
  /** Where the small number was left for the next boot: a file of sysctl, or the script that steers the packets. */
  left: 'sysctl' | 'script'
  file: string
  pattern: Pattern
  /** Datagrams of the largest burst: fewer than the kernel's own limit. */
  burst: number
  sources: number
  bytes: number
}

const sysctlFiles = ['60-latency', '70-memory', '80-baseline', '90-tuning'] as const

/** Mask and place turn with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  return {
    mask: seed % 2 === 0 ? '3' : '1',
    backlog: draw.int(2, 16),
    left: Math.floor(seed / 2) % 2 === 0 ? 'sysctl' : 'script',
    file: draw.pick(sysctlFiles),
    pattern: draw.pick(['volleys', 'gallop', 'waves']),
    burst: 20 * draw.int(40, 46),
    sources: draw.int(32, 96),
    bytes: 20 * draw.int(6, 18),
  }
}
