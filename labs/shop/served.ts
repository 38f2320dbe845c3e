/**
 * The behaviour that most labs ask for: every client of the check is answered truly, and none has to repeat itself. Pure. Knows no single lab.
 */
import type { Finding } from '../schema.ts'
import type { Clients } from './clients.ts'
import { clientRow, failed, isHostBusy, passed, type Sides } from './criteria.ts'

/**
 * A mended machine loses nothing, but an emulated one on a host with work of its own may answer a burst so late that clients ask again: 12 of 156
 * were seen to, with a queue of 1,024. Of a machine that loses packets none was seen below 65 of 89, 188 of 122 where the queue was still too short.
 */
export const tolerableRetransmissions = (clients: number): number => Math.max(10, Math.floor(clients / 5))

export const isServed = ({ all, served, retransmitted }: Clients): boolean =>
  all > 0 && served === all && retransmitted <= tolerableRetransmissions(all)

export function judgeServed({ before, after, served }: Sides): Finding {
  const row = clientRow({ before, after })
  const evidence = [
    row('Clients answered truly', ({ served, all }) => `${served} of ${all}`),
    row('Clients that gave up waiting', ({ silent }) => `${silent}`),
    row('Clients turned away', ({ turnedAway }) => `${turnedAway}`),
    row('Segments sent again by the clients', ({ retransmitted }) => `${retransmitted}`),
  ]
  const { clients } = after
  const { all, silent, retransmitted, untrue, turnedAway } = clients
  if (served) {
    return passed(
      `All ${all} clients were answered, and hardly one had to ask twice (${retransmitted} segments sent again).`,
      evidence,
    )
  }
  if (isHostBusy(after) && retransmitted <= tolerableRetransmissions(all)) {
    const feedback = `The host was too busy to tell: ${silent} clients were still waiting when the time was up, though nothing of theirs was lost. Nothing is lost for you either; check again.`
    return { status: 'error', share: 0, feedback, evidence }
  }
  if (untrue > 0) return failed(`${untrue} answers were not what the shop answers.`, evidence)
  const feedback =
    clients.served < all
      ? `${all - clients.served} of ${all} clients got no answer in time; ${turnedAway} of them were turned away.`
      : `All ${all} clients were answered in the end, but they had to send ${retransmitted} segments again.`
  return failed(feedback, evidence, improvement(before.clients, clients) / 2)
}

/** How many of those who got no answer get one now, 0 to 1. How often they repeat themselves meanwhile depends on how long they wait. */
function improvement(before: Clients, after: Clients): number {
  const without = ({ all, served }: Clients) => all - served
  return without(before) === 0 ? 0 : Math.max(0, 1 - without(after) / without(before))
}
