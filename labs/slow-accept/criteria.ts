/**
 * The criteria that are this lab's own: the threads, the clients, the prices, and the next boot. Pure; feedback says what was observed and
 * never what to type.
 */
import type { Finding } from '../schema.ts'
import {
  clientRow,
  failed,
  harmless,
  isHostBusy,
  notYet,
  passed,
  type Sides,
  told,
} from '../shop/criteria.ts'
import type { answeredOf, Pool, pricesOf } from './evidence.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  pool: { before: Pool; after: Pool }
  prices: { before: ReturnType<typeof pricesOf>; after: ReturnType<typeof pricesOf> }
  answered: { before: ReturnType<typeof answeredOf>; after: ReturnType<typeof answeredOf> }
  /** Threads that the check's crowd needs: with fewer nobody serves it. */
  needed: number
  /** Threads with which it is served, whenever each of it comes. */
  enough: number
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

/** By what the server says and by what the world saw: more calls of the price service at once than the few threads could make. */
export function judgePool({ before, pool, prices, needed, found }: Case): Finding {
  const evidence = [
    {
      label: 'Requests that Puma works on at once',
      before: `${pool.before.running}`,
      after: `${pool.after.running}`,
    },
    {
      label: 'Most connections to the price service at once, seen from there',
      before: `${prices.before.mostOpen}`,
      after: `${prices.after.mostOpen}`,
    },
    {
      label: 'Most connections that waited to be accepted',
      before: `${pool.before.mostWaiting}`,
      after: `${pool.after.mostWaiting}`,
    },
    {
      label: 'Connections lost to a full accept queue',
      before: told(before.server.counters.TcpExtListenOverflows ?? null),
      after: `${pool.after.listenOverflows}`,
    },
  ]
  const fail = (feedback: string, share = 0): Finding =>
    found
      ? failed(feedback, evidence, share)
      : failed('What makes the clients wait is still in place.', [], share)
  if (pool.after.running === 0) return fail('No threads of Puma were found in its service.')
  if (pool.after.running < needed)
    return fail(
      `Puma works on ${pool.after.running} requests at once; these clients, with these prices, need about ${needed}.`,
      pool.after.running > pool.before.running ? 0.25 : 0,
    )
  if (prices.after.mostOpen <= pool.before.running)
    return fail(
      `Puma has threads enough now, but the price service never saw more than ${prices.after.mostOpen} of them.`,
      0.5,
    )
  return passed(`Puma works on ${pool.after.running} requests at once.`, evidence)
}

export function judgeDurable({ pool, needed, served }: Case): Finding {
  const { atBoot, running } = pool.after
  const threads = atBoot ?? running
  const evidence = [{ label: 'Requests at once after the next boot', after: `${threads}` }]
  if (!served || running < needed)
    return notYet('What is written for the next boot counts as soon as the clients are served.')
  return threads < needed
    ? failed('By the files of this server, the clients would wait again after the next boot.', evidence)
    : passed('By the files of this server, the clients are served after the next boot, too.', evidence)
}

/** On a busy host clients run out of time, too; but only a lack of threads keeps the price service from seeing many of them at once. */
export function judgeServed(facts: Case): Finding {
  const { before, after, answered, prices, pool, needed, enough, served } = facts
  const row = clientRow({ before, after })
  const items = ({ items, allItems }: Case['answered']['after']) => `${items} of ${allItems}`
  const evidence = [
    row('Clients answered truly', ({ served, all }) => `${served} of ${all}`),
    {
      label: 'Of these, items',
      before: items(answered.before),
      after: items(answered.after),
    },
    row('Clients that gave up waiting', ({ silent }) => `${silent}`),
    row('Clients turned away', ({ turnedAway }) => `${turnedAway}`),
    row('95 % answered within', ({ p95Ms }) => (p95Ms === null ? 'never' : `${p95Ms} ms`)),
  ]
  const { all, served: count, silent, turnedAway, untrue } = after.clients
  if (served) return passed(`All ${all} clients were answered in time.`, evidence)
  const rest = all - count - silent - turnedAway
  // With threads enough and the price service asked by as many, a straggler or two are the host's: seen with 28 of 29 on one that did other things.
  const isStraggling = silent <= all * 0.1 && rest + turnedAway + untrue === 0 && pool.after.running >= enough
  if ((isHostBusy(after) || isStraggling) && prices.after.mostOpen >= needed) {
    const feedback = `The host was too busy to tell: ${silent} clients were still waiting when the time was up. Nothing is lost for you; check again.`
    return { status: 'error', share: 0, feedback, evidence }
  }
  if (untrue > 0) return failed(`${untrue} answers were not what the shop answers.`, evidence)
  const others = [
    turnedAway > 0 ? `${turnedAway} were turned away` : '',
    rest > 0 ? `${rest} got something else than the page` : '',
  ].filter(Boolean)
  const feedback = `${silent} of ${all} clients gave up waiting${others.length > 0 ? `, ${others.join(' and ')}` : ''}.`
  // The queue in front of the check's differs: without a thread more, a better number is luck.
  const share =
    prices.after.mostOpen > prices.before.mostOpen ? improvement(before.clients, after.clients) / 2 : 0
  return failed(feedback, evidence, share)
}

/** The shop's prices are of this second: who sees a front page has caused a question to the price service. */
export function judgePrices({ prices, answered, served }: Case): Finding {
  const { asked } = prices.after
  const { pages } = answered.after
  const evidence = [
    {
      label: 'Front pages answered',
      before: `${answered.before.pages}`,
      after: `${pages}`,
    },
    { label: 'Questions to the price service', before: `${prices.before.asked}`, after: `${asked}` },
  ]
  return asked < pages
    ? failed(`${pages} front pages were answered, and the price service was asked ${asked} times.`, evidence)
    : harmless('Each front page has asked for its prices.', evidence, served)
}

/** How many of the clients that went without an answer have one now, 0 to 1. */
function improvement(before: Sides['before']['clients'], after: Sides['after']['clients']): number {
  const without = ({ all, served }: typeof before) => all - served
  return without(before) === 0 ? 0 : Math.max(0, 1 - without(after) / without(before))
}
