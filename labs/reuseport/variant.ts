/**
 * The variants of this lab: two Pumas on one port, the second of which accepts nobody, for one of two reasons. Knows no machine.
 */
import { random } from '../random.ts'

/**
 * stopped: the second Puma is suspended. orphan: it is gone, and a process that it once forked keeps its listening socket.
 */
export type Cause = 'stopped' | 'orphan'

export interface Variant {
  cause: Cause
  /** The limit of each listener: both Pumas read it from one file. */
  limit: number
  pattern: 'steady' | 'waves'
  /** Clients of a check. */
  clients: number
  /** Of the orphan: after how many minutes the second Puma is ended. */
  minutes: number
  /** The careless colleague's words. */
  remark: string
}

const remarks = {
  stopped: [
    'stands by for a way back and costs no processor time meanwhile; wake it up with kill -CONT',
    'asleep until the next deployment needs it',
    'one Puma is enough by day: the second one sleeps',
  ],
  orphan: [
    'needed during deployments only, and Puma did not always end when asked',
    'a second Puma all day long is a waste of memory',
    'ends by itself: the last deployment forgot to stop it',
  ],
} as const

/** The cause alternates with the seed, so that neighbours differ; the rest is drawn. */
export function variantOf(seed: number): Variant {
  const draw = random(seed, 'variant')
  const cause = seed % 2 === 0 ? 'stopped' : 'orphan'
  return {
    cause,
    limit: draw.int(30, 120),
    pattern: draw.pick(['steady', 'waves']),
    clients: draw.int(84, 108),
    minutes: draw.pick([10, 15, 20, 30, 45]),
    remark: draw.pick(remarks[cause]),
  }
}
