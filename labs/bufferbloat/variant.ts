/**
 * The variants of this lab: the same symptom from four queues that are too long, on lines of different rates. Knows no machine.
 */
import { random } from '../random.ts'

export type Cause = 'tbf-pfifo' | 'tbf' | 'htb-txqueuelen' | 'htb-bfifo'

export interface Variant {
  /**
   * What shapes the uplink, and where its queue has its length from: a FIFO put below the token bucket; the token bucket's own limit; the interface's
   * txqueuelen, which a class of HTB takes where nobody says anything; a FIFO put below that class.
   */
  cause: Cause
  /** What the queue holds, in its own unit: packets (pfifo, txqueuelen) or bytes (tbf, bfifo). */
  limit: number
  /** What the line is contracted for, and shaped to. */
  rateKbit: number
  /** Where it is written for the next boot: lines of the interface, a script that they call, a script that a drop-in of the network's service calls. */
  place: 'interfaces' | 'script' | 'drop-in'
  /** What the careful colleague called it. */
  trace: string
}

const causes: Cause[] = ['tbf-pfifo', 'tbf', 'htb-txqueuelen', 'htb-bfifo']
const places: Variant['place'][] = ['interfaces', 'script', 'drop-in']

/** Cause and place change with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  const cause = causes[seed % causes.length] as Cause
  return {
    cause,
    limit: countsPackets(cause) ? 500 * draw.int(6, 20) : 1_000 * draw.pick(thousands),
    rateKbit: 250 * draw.int(8, 12),
    place: places[seed % places.length] as Variant['place'],
    trace: draw.pick(['uplink', 'line', 'shaper', 'egress']),
  }
}

export const countsPackets = (cause: Cause): boolean => cause === 'tbf-pfifo' || cause === 'htb-txqueuelen'

/** No multiples of 1,024, which `tc` would print rounded, in kilobytes. */
const thousands = [3_000, 3_300, 3_700, 4_100, 4_500, 5_000, 5_300, 5_900, 6_300, 7_000] as const
