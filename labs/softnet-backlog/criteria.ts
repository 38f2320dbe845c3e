/**
 * The criteria that are this lab's own: the queue of each processor now, and after the next boot. Pure; feedback says what was observed and never what to
 * type.
 */
import { type DatagramSides, row } from '../datagrams/criteria.ts'
import type { Finding } from '../schema.ts'
import { failed, notYet, passed, told } from '../shop/criteria.ts'
import type { Steering } from './evidence.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends DatagramSides {
  steering: { before: Steering; after: Steering }
  atBoot: Steering
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

/** Enough is what the kernel itself says was enough under this load, or that nothing waits there any more. */
export function judgeQueue({ host, steering, found }: Case): Finding {
  const { backlog, isOn } = steering.after
  const lost = lostInLoad(host.after)
  const evidence = [
    row('Packets that may wait for one processor', steering, (one) => told(one.backlog)),
    row('Packets handed to other processors', steering, (one) => (one.isOn ? 'yes' : 'no')),
    row('Packets dropped there in a check', host, (one) => told(lostInLoad(one))),
  ]
  const fail = (feedback: string): Finding =>
    found ? failed(feedback, evidence) : failed('What loses the datagrams is still in place.', [])
  if (backlog === null || lost === null)
    return fail('The server did not tell the limit or the losses of this queue.')
  if (lost > 0) return fail(`A queue of ${backlog} still ran over: ${lost} packets were dropped there.`)
  if (isOn && backlog <= (steering.before.backlog ?? 0))
    return fail(`The queue holds ${backlog} packets, as it did.`)
  return passed(
    isOn
      ? `A queue of ${backlog} had room for every packet.`
      : 'No packet waits for another processor any more.',
    evidence,
  )
}

/** A queue as long as this one, or one that holds a whole burst, is enough after the next boot, too; so is none that is used. */
export function judgeDurable({ steering, atBoot, volleys, served }: Case): Finding {
  const { backlog } = steering.after
  if (!served || backlog === null) {
    return notYet('What is written for the next boot counts as soon as the datagrams arrive.')
  }
  const evidence = [
    { label: 'Packets that may wait for one processor after the next boot', after: told(atBoot.backlog) },
    { label: 'Packets handed to other processors after the next boot', after: atBoot.isOn ? 'yes' : 'no' },
  ]
  const enough = Math.min(volleys.after.largest, steering.after.isOn ? backlog : Number.POSITIVE_INFINITY)
  return !atBoot.isOn || (atBoot.backlog ?? 0) >= enough
    ? passed('By the files of this server, the datagrams will arrive after the next boot, too.', evidence)
    : failed('By the files of this server, the datagrams would be lost again after the next boot.', evidence)
}

const lostInLoad = ({ backlogDrops: { first, now } }: Case['host']['after']): number | null =>
  first === null || now === null ? null : now - first
