/**
 * What became of the datagrams of one collection, as the world counted it: the collector in the guest is asked for nonces that nobody can guess, so
 * it cannot claim what it has not received. Knows no single lab.
 */
import type { Evidence } from '../shop/evidence.ts'

export interface Volleys {
  bursts: number
  sent: number
  /** Of bursts whose fate is known. */
  delivered: number
  lost: number
  /** Bursts of which the collector gave no account within the time. */
  unanswered: number
  /** Bursts of which it refused to give one: closed, refused, rubbish. */
  refused: number
  /** Datagrams of the largest burst that came at once. */
  largest: number
}

/** Of bursts without an account, all count as lost. */
export function volleysOf({ asked, load }: Evidence): Volleys {
  const told = load.results.flatMap((result, i) => {
    const count = asked[i]?.datagrams
    const { outcome, sent = 0, delivered = -1 } = result
    return count === undefined ? [] : [{ outcome, count, sent, delivered }]
  })
  const sum = (of: (one: (typeof told)[number]) => number) => told.reduce((all, one) => all + of(one), 0)
  const sent = sum((one) => one.sent)
  const delivered = sum((one) => Math.max(0, one.delivered))
  const isLate = ({ outcome }: (typeof told)[number]) =>
    outcome === 'connect-timeout' || outcome === 'read-timeout'
  return {
    bursts: told.length,
    sent,
    delivered,
    lost: sent - delivered,
    unanswered: sum((one) => Number(one.delivered < 0 && isLate(one))),
    refused: sum((one) => Number(one.delivered < 0 && !isLate(one))),
    largest: Math.max(0, ...told.map(({ count }) => count)),
  }
}

/** One in a hundred is granted to chance; a mended machine was seen to lose none. */
const tolerableShare = 0.01

export const isDelivered = ({ sent, lost, unanswered, refused }: Volleys): boolean =>
  sent > 0 && unanswered + refused === 0 && lost <= sent * tolerableShare
