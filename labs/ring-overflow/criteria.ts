/**
 * The criteria that are this lab's own: the ring now, and after the next boot. Pure; feedback says what was observed and never what to type.
 */
import { type DatagramSides, judgeDelivered, row } from '../datagrams/criteria.ts'
import type { Finding } from '../schema.ts'
import { failed, notYet, passed, told } from '../shop/criteria.ts'
import { ringAtBoot, ringFiles } from './evidence.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends DatagramSides {
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

/** Enough is what the NIC itself says was enough under this load; nothing depends on one round number. */
export function judgeRing({ host, volleys, found }: Case): Finding {
  const { rx } = host.after.ring
  const lost = lostInLoad(host.after)
  const evidence = [
    row('Receive ring in force', host, ({ ring }) => told(ring.rx)),
    row('Packets without a descriptor in a check', host, (one) => told(lostInLoad(one))),
  ]
  const fail = (feedback: string, share = 0): Finding =>
    found
      ? failed(feedback, evidence, share)
      : failed('What loses the datagrams is still in place.', [], share)
  if (rx === null) return fail('The NIC did not tell the size of its receive ring.')
  if (rx <= (host.before.ring.rx ?? 0)) return fail(`The receive ring holds ${rx} packets, as it did.`)
  if (lost === null) return fail('The NIC did not tell what it lost.')
  if (lost > 0 && haveMet({ host, volleys }))
    return notYet(
      'The size of the receive ring counts as soon as a check can tell whether it holds a whole burst.',
    )
  if (lost > 0) return fail(`A ring of ${rx} still ran over: ${lost} packets found no free descriptor.`)
  return passed(`A ring of ${rx} had a free descriptor for every packet.`, evidence)
}

/** A ring that is as large as this one, or holds a whole burst, is enough after the next boot, too. */
export function judgeDurable({ host, volleys, served, found }: Case): Finding {
  const { rx } = host.after.ring
  if (!served || rx === null) {
    return notYet('What is written for the next boot counts as soon as the datagrams arrive.')
  }
  const next = ringAtBoot(host.after)
  const evidence = [
    row('Receive ring after the next boot', host, (one) => `${ringAtBoot(one)}`),
    ...(found ? [{ label: 'Written in', after: ringFiles(host.after).join('\n') || 'no file' }] : []),
  ]
  if (next >= Math.min(rx, volleys.after.largest)) {
    return passed(
      'By the files of this server, the datagrams will arrive after the next boot, too.',
      evidence,
    )
  }
  const link = host.after.boot.find(({ text }) => text.startsWith('RxBufferSize'))
  return link
    ? failed(`${link.file} is a file that only udev reads, and udev is masked on this server.`, evidence, 0.5)
    : failed('By the files of this server, the datagrams would be lost again after the next boot.', evidence)
}

/** A burst that comes while the last is still in the ring needs more room than the burst that the lab asks room for. */
export function judgeArrived(facts: Case): Finding {
  const finding = judgeDelivered(facts)
  if (finding.status !== 'fail' || !haveMet(facts)) return finding
  const feedback = `${finding.feedback} One burst came before the last had been taken in: the host was too busy to tell more. Nothing is lost for you; check again.`
  return { ...finding, status: 'error', share: 0, feedback }
}

/**
 * Whether what was lost is what a ring that holds any one burst cannot hold of several. When they came and were accounted for is the world's word; only
 * the size of the ring is the server's, and whoever forges that gets no points for it.
 */
function haveMet({ host, volleys: { after } }: Pick<Case, 'host' | 'volleys'>): boolean {
  const { sent, lost, unanswered, refused, largest, together } = after
  const rx = host.after.ring.rx ?? 0
  const tooMany = together.reduce((sum, datagrams) => sum + Math.max(0, datagrams - rx), 0)
  return rx >= largest && tooMany > 0 && unanswered + refused === 0 && lost <= tooMany + sent / 100
}

const lostInLoad = ({ outOfBuffer: { first, now } }: Case['host']['after']): number | null =>
  first === null || now === null ? null : now - first
