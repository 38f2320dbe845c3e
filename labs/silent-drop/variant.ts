/**
 * The variants of this lab: the same symptom from three causes, each for another range of far clients. Knows no machine.
 */
import { random } from '../random.ts'
import { addressOf, type Range, rangesIn } from '../reading/addresses.ts'

export interface Variant {
  /**
   * Who drops: a table of somebody's own, before all others; the list of the standing firewall, which names too much; or the check of where a
   * packet could have come from, because a route leads these answers elsewhere.
   */
  cause: 'table' | 'element' | 'route'
  /** The far clients that are lost: `198.19.64.0/19`. */
  range: string
  /** Length of its prefix. */
  length: number
  /** What the careless colleague called the file, or the table. */
  trace: string
}

/** The cause changes with each seed; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  const length = draw.int(18, 21)
  const size = 2 ** (32 - length)
  const first = farRange.first + size * draw.int(0, 2 ** (length - 17) - 1)
  return {
    cause: (['table', 'element', 'route'] as const)[seed % 3] as Variant['cause'],
    range: `${addressOf(first)}/${length}`,
    length,
    trace: draw.pick(['abuse', 'quiet', 'tonight', 'report']),
  }
}

/** Where far clients come from. */
export const farRange = rangesIn('198.19.0.0/17')[0] as Range

export const lostRange = ({ range }: Pick<Variant, 'range'>): Range => rangesIn(range)[0] as Range
