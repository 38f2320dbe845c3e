/**
 * Criteria that every lab with datagrams shares: whether they arrive, and whether shop, collector and firewall are what they were. Pure; feedback says
 * what was observed and never what to type. Knows no single lab.
 */
import type { Finding } from '../schema.ts'
import {
  failed,
  harmless,
  isHostBusy,
  judgeApp,
  notBroken,
  passed,
  type Side,
  type Sides,
} from '../shop/criteria.ts'
import type { Host } from './evidence.ts'
import type { Volleys } from './volleys.ts'

export interface DatagramSides extends Sides {
  volleys: { before: Volleys; after: Volleys }
  host: { before: Host; after: Host }
}

export function judgeDelivered({ before, after, volleys, served }: DatagramSides): Finding {
  const { sent, lost, unanswered, refused, bursts } = volleys.after
  const evidence = [
    row('Datagrams that arrived', volleys, (one) => `${one.delivered} of ${one.sent}`),
    {
      label: 'Segments that shop visitors sent again',
      before: `${before.clients.retransmitted}`,
      after: `${after.clients.retransmitted}`,
    },
  ]
  if (served) return passed(`${sent - lost} of ${sent} datagrams arrived.`, evidence)
  if (refused === 0 && unanswered > 0 && after.starved) {
    const feedback = `The host was too busy to tell: of ${unanswered} of ${bursts} bursts the collector had given no account when the time was up. Nothing is lost for you; check again.`
    return { status: 'error', share: 0, feedback, evidence }
  }
  if (refused + unanswered > 0) {
    return failed(
      `The collector gave no account of ${refused + unanswered} of ${bursts} bursts.`,
      evidence,
      0,
    )
  }
  return failed(`${lost} of ${sent} datagrams did not arrive.`, evidence, improvement(volleys) / 2)
}

/** The shop is the shop, and all who asked it were answered. */
export function judgeShop(sides: DatagramSides): Finding {
  const finding = judgeApp(sides)
  const { all, served } = sides.after.clients
  if (finding.status !== 'pass' || served === all) return finding
  const feedback = `${all - served} of ${all} visitors of the shop got no answer in time.`
  if (isHostBusy(sides.after)) {
    return {
      ...finding,
      status: 'error',
      share: 0,
      feedback: `${feedback} The host was too busy to tell why.`,
    }
  }
  return failed(feedback, finding.evidence, 0.5)
}

export function judgeCollector({ before, after, host, served }: DatagramSides): Finding {
  const was = host.before.collector
  const is = host.after.collector
  const added = addedDrops(before, after)
  const evidence = [
    { label: 'Program of the collector’s service', before: nameOf(was), after: nameOf(is) },
    { label: 'Firewall rules that drop or reject, added', after: added.join('\n') || 'none' },
  ]
  if (!is) return failed('The service of the collector does not run any more.', evidence)
  if (is.exe !== was?.exe || is.words !== was.words)
    return failed('The collector’s service runs something else than it did.', evidence)
  if (added.length > 0) return failed('The firewall drops more than it did.', evidence)
  return harmless('The collector and the firewall are what they were.', evidence, served)
}

export const row = <T>(
  label: string,
  { before, after }: { before: T; after: T },
  of: (one: T) => string,
): Finding['evidence'][number] => ({ label, before: of(before), after: of(after) })

const addedDrops = (before: Side, after: Side): string[] =>
  after.server.drops.filter((rule) => !before.server.drops.includes(rule))

const nameOf = (one: Host['collector']): string => one?.exe ?? 'nothing'

/** Losses that are not halved are as the last time: single runs differ by a quarter. */
function improvement({ before, after }: DatagramSides['volleys']): number {
  const was = before.lost / Math.max(1, before.sent)
  return was === 0 ? 0 : Math.max(0, 1 - (2 * after.lost) / Math.max(1, after.sent) / was)
}

/**
 * How far a counter can have come that the NIC starts anew whenever its ring is changed: what it showed, and all that was sent since. Asked when it is
 * lower than it was.
 */
export function mostSince(
  first: { value: number | null; uptimeS: number | null },
  now: { value: number | null; uptimeS: number | null },
  perSecond: number,
): number | null {
  if (first.value === null || now.value === null) return null
  if (now.value >= first.value) return now.value
  const seconds = Math.max(0, (now.uptimeS ?? 0) - (first.uptimeS ?? 0))
  return Math.round(first.value + perSecond * seconds)
}

export function judgeBaseline(
  { volleys: { before } }: DatagramSides,
  broken: { ok: true } | { ok: false; reason: string },
): Finding {
  if (!broken.ok) return notBroken(broken.reason)
  const { lost, sent } = before
  const evidence = [{ label: 'Datagrams lost', after: `${lost} of ${sent}` }]
  return passed(`${lost} of ${sent} datagrams did not arrive.`, evidence)
}
