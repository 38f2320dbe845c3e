/**
 * The variants of this lab: one processor does all the card's work, because its interrupts may go nowhere else or because the card puts all
 * packets into one queue; the other processor each time, and written in other places. Knows no machine.
 */
import { random } from '../random.ts'

export type Pattern = 'volleys' | 'gallop' | 'waves'

export interface Variant {
  /** What leaves it all to one processor: where its interrupts may go, or the table that chooses a packet's queue. */
  cause: 'affinity' | 'table'
  /** The processor, or the queue, that is left. */
  only: 0 | 1
  /** Where that was left for the next boot: the interface's own file, a drop-in of its service, a script beside it. */
  left: 'interfaces' | 'drop-in' | 'script'
  pattern: Pattern
  /** Datagrams of the largest burst: more than one ring of this card holds, fewer than two do. */
  burst: number
  sources: number
  bytes: number
}

const places = ['interfaces', 'drop-in', 'script'] as const

/** Cause, processor and place turn with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  return {
    cause: seed % 2 === 0 ? 'affinity' : 'table',
    only: Math.floor(seed / 2) % 2 === 0 ? 0 : 1,
    left: places[Math.floor(seed / 2) % places.length] as Variant['left'],
    pattern: draw.pick(['volleys', 'gallop', 'waves']),
    burst: 10 * draw.int(38, 40),
    sources: draw.int(240, 256),
    bytes: 20 * draw.int(6, 18),
  }
}
