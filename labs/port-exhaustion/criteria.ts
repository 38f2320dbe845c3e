/**
 * The criteria that are this lab's own: the ports, the clients, how connections end, and the next boot. Pure; feedback says what was observed
 * and never what to type.
 */
import type { Finding } from '../schema.ts'
import {
  atNextBoot,
  clientRow,
  failed,
  harmless,
  isHostBusy,
  notYet,
  passed,
  type Sides,
  told,
} from '../shop/criteria.ts'
import type { Upstream } from '../shop/upstream.ts'
import type { Ports, Ways } from './evidence.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  ports: { before: Ports; after: Ports }
  upstream: { before: Upstream; after: Upstream }
  /** Clients that got an error page. */
  errors: { before: number; after: number }
  /** The price service saw few connections for many questions. */
  kept: boolean
  /** Ports that the traffic of a minute needs where each call takes a new one. */
  needed: number
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

/** By what the server says, and by what the price service saw: within a minute no more connections than ports, unless something has changed. */
export function judgePorts({ ports: { before, after }, upstream, kept, needed, found }: Case): Finding {
  const evidence = [
    {
      label: 'Local ports for calls to one service',
      before: told(before.usable),
      after: told(after.usable),
    },
    {
      label: 'Calls that were over and still held one',
      before: `${before.waiting}`,
      after: `${after.waiting}`,
    },
    {
      label: 'Connections that the price service saw',
      before: `${upstream.before.accepted}`,
      after: `${upstream.after.accepted}`,
    },
    { label: 'Questions on them', before: `${upstream.before.asked}`, after: `${upstream.after.asked}` },
  ]
  const fail = (feedback: string, share = 0): Finding =>
    found
      ? failed(feedback, evidence, share)
      : failed('What makes the pages fail is still in place.', [], share)
  const { usable, reuse, keeps } = after
  if (kept && keeps)
    return passed(
      `The shop keeps its connections: ${upstream.after.accepted} for ${upstream.after.asked} questions.`,
      evidence,
    )
  if (!reuse && (usable ?? 0) < needed) {
    if (keeps) return fail('The shop would keep its connections now, but has hardly got one yet.', 0.5)
    const more = (usable ?? 0) > (before.usable ?? 0)
    return fail(
      `For its calls to one service the server has ${told(usable)} ports a minute; this traffic makes about ${needed}.`,
      more ? 0.25 : 0,
    )
  }
  if (upstream.after.accepted <= (before.usable ?? 0))
    return fail(
      `By its own account this server has ports enough, but the price service saw only ${upstream.after.accepted} connections.`,
      0.5,
    )
  return passed(
    reuse && (usable ?? 0) < needed
      ? 'A port whose connection is over may be used again after a second.'
      : `For its calls to one service the server has ${told(usable)} ports.`,
    evidence,
  )
}

const isEnough = ({ usable, reuse, keeps }: Ways, needed: number): boolean =>
  reuse || keeps || (usable ?? 0) >= needed

export function judgeDurable({ ports: { after }, needed, served, found }: Case): Finding {
  const { atBoot } = after
  const evidence = [
    { label: 'Local ports after the next boot', after: told(atBoot.usable) },
    { label: 'Used again after a second', after: atBoot.reuse ? 'yes' : 'no' },
    { label: 'Connections kept', after: atBoot.keeps ? 'yes' : 'no' },
  ]
  if (!served || !isEnough(after, needed))
    return notYet('What is written for the next boot counts as soon as the clients are served.')
  return isEnough(atBoot, needed)
    ? passed('By the files of this server, the clients are served after the next boot, too.', evidence)
    : failed(
        atNextBoot('By the files of this server, the pages would fail again after the next boot.', atBoot),
        found ? evidence : [],
      )
}

export function judgeServed({ before, after, errors, ports, upstream, served }: Case): Finding {
  const row = clientRow({ before, after })
  const evidence = [
    row('Clients answered truly', ({ served, all }) => `${served} of ${all}`),
    { label: 'Clients that got an error page', before: `${errors.before}`, after: `${errors.after}` },
    row('Clients that gave up waiting', ({ silent }) => `${silent}`),
    row('Clients turned away', ({ turnedAway }) => `${turnedAway}`),
  ]
  const { all, served: count, silent, untrue } = after.clients
  if (served) return passed(`All ${all} clients were answered, none with an error page.`, evidence)
  if (isHostBusy(after) && errors.after === 0) {
    const feedback = `The host was too busy to tell: ${silent} clients were still waiting when the time was up. Nothing is lost for you; check again.`
    return { status: 'error', share: 0, feedback, evidence }
  }
  if (untrue > 0) return failed(`${untrue} answers were not what the shop answers.`, evidence)
  const feedback = `${all - count} of ${all} clients did not get what they asked for; ${errors.after} of them got an error page.`
  // How many a broken machine serves depends on the last minute: up to one a port. Only what is beyond that is merit.
  const share =
    upstream.after.asked > (ports.before.usable ?? 0) ? improvement(before.clients, after.clients) / 2 : 0
  return failed(feedback, evidence, share)
}

/** A connection that is over is remembered for a minute, so that its late segments are not taken for another's. */
export function judgeClosing({ ports, served }: Case): Finding {
  const { before, after } = ports
  const evidence = [
    {
      label: 'Connections forgotten at their end, during the load',
      before: `${before.forgotten}`,
      after: `${after.forgotten}`,
    },
  ]
  return after.forgotten > 0
    ? failed(
        `${after.forgotten} connections were forgotten the moment they ended: a late segment of theirs would be taken for another's.`,
        evidence,
      )
    : harmless('Connections that are over are remembered as before.', evidence, served)
}

/** How many of the clients that went without an answer have one now, 0 to 1. */
function improvement(before: Sides['before']['clients'], after: Sides['after']['clients']): number {
  const without = ({ all, served }: typeof before) => all - served
  return without(before) === 0 ? 0 : Math.max(0, 1 - without(after) / without(before))
}
