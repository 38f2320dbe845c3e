/**
 * The variants of this lab: the same symptom, a ring cut by something else each time, with other sizes and other bursts. Knows no machine.
 */
import { random } from '../random.ts'

export type Pattern = 'gusts' | 'drizzle' | 'relay'

export interface Variant {
  /** Where the small number was left for the next boot: the interface's own file, a drop-in of its service, a script beside it. */
  left: 'interfaces' | 'drop-in' | 'script'
  /** Descriptors in the receive ring; vmxnet3 takes multiples of 32. */
  ring: number
  pattern: Pattern
  /** Datagrams of the largest burst: fewer than the ring that this server was set up with. */
  burst: number
  sources: number
  bytes: number
}

const places = ['interfaces', 'drop-in', 'script'] as const

/** The place turns with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  return {
    left: places[seed % places.length] as Variant['left'],
    ring: 32 * draw.int(2, 5),
    pattern: draw.pick(['gusts', 'drizzle', 'relay']),
    burst: 100 * draw.int(25, 30),
    sources: draw.int(24, 96),
    bytes: 20 * draw.int(6, 18),
  }
}
