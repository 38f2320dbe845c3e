/**
 * What became of the datagrams of one collection, as the world counted it: the collector in the guest is asked for nonces that nobody can guess, so
 * it cannot claim what it has not received. Knows no single lab.
 */
import type { Asked, Evidence } from '../shop/evidence.ts'

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
  /** Datagrams that were on their way together: of one burst, or of several of which each came before the account of the last. By the world's clock. */
  together: number[]
}

/** Of bursts without an account, all count as lost. */
export function volleysOf({ asked, load }: Evidence): Volleys {
  const told = load.results.flatMap((result, i) => {
    const count = asked[i]?.datagrams
    const { outcome, sent = 0, delivered = -1 } = result
    if (count === undefined) return []
    const { atMs } = asked[i] as Asked
    return [{ outcome, count, sent, delivered, atMs, doneMs: atMs + result.totalUs / 1000 }]
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
    together: together(told),
  }
}

/** A server that has time has given its account 0.3 s after a burst at the latest, and they are half a second apart at least. */
function together(bursts: { count: number; atMs: number; doneMs: number }[]): number[] {
  const groups: number[] = []
  let busyUntilMs = 0
  for (const { count, atMs, doneMs } of bursts) {
    groups.push(count + (atMs < busyUntilMs ? (groups.pop() ?? 0) : 0))
    busyUntilMs = Math.max(busyUntilMs, doneMs)
  }
  return groups
}

/** One in a hundred is granted to chance; a mended machine was seen to lose none. */
const tolerableShare = 0.01

export const isDelivered = ({ sent, lost, unanswered, refused }: Volleys): boolean =>
  sent > 0 && unanswered + refused === 0 && lost <= sent * tolerableShare
