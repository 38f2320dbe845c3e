/**
 * The criteria of this lab that look at the machine: the queue, the clients, Puma and the shop, and what must not have been harmed. Pure;
 * feedback says what was observed and never what to type.
 */
import type { Finding } from '../schema.ts'
import type { Clients, Server } from './evidence.ts'

/** A mended machine retransmits nothing; a few are granted to a host that stumbled. Broken ones were seen above 60. */
export const tolerableRetransmissions = 10
/** `/` waits 60 ms for the storage before it answers anybody. */
const idlePageLeastMs = 55
/** Describing itself takes a server about 0.3 s under emulation on a host that has time. */
const busyHostMs = 2_000

export interface Side {
  server: Server
  clients: Clients
  /** How long the server took to describe itself. */
  stateMs: number
}

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case {
  before: Side
  after: Side
  /** Clients that the accept queue must hold at once: those of the largest burst whom no thread serves yet. */
  needed: number
  served: boolean
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

export function judgeQueue({ before, after, needed, found }: Case): Finding {
  const { limit, somaxconn } = after.server
  const evidence = [
    { label: 'Limit of the listener (Send-Q)', before: told(before.server.limit), after: told(limit) },
    { label: 'net.core.somaxconn', before: told(before.server.somaxconn), after: told(somaxconn) },
    { label: 'Puma’s bind', before: bindOf(before.server), after: bindOf(after.server) },
    {
      label: 'somaxconn in files',
      before: before.server.durable || 'none',
      after: after.server.durable || 'none',
    },
  ]
  const fail = (feedback: string, share = 0): Finding =>
    found
      ? { status: 'fail', share, feedback, evidence }
      : { status: 'fail', share, feedback: 'What loses the clients is still in place.', evidence: [] }
  if (limit === null) return fail('Nothing was found listening on port 80.')
  if (limit < needed) {
    return fail(
      `The listener on port 80 holds ${limit + 1} waiting connections; up to ${needed + 1} wait at once.`,
    )
  }
  if (somaxconn === null || somaxconn < needed) {
    return fail(
      `The running listener holds enough, but somaxconn is ${told(somaxconn)}: the next start would be cut to that.`,
      0.5,
    )
  }
  const feedback = `The listener on port 80 holds ${limit + 1} waiting connections.`
  return { status: 'pass', share: 1, feedback, evidence }
}

export function judgeServed({ before, after, served }: Case): Finding {
  const evidence = [
    row('Clients answered truly', ({ served, all }) => `${served} of ${all}`),
    row('Segments sent again by the clients', ({ retransmitted }) => `${retransmitted}`),
    row('Clients that gave up waiting', ({ silent }) => `${silent}`),
    row('Clients turned away', ({ turnedAway }) => `${turnedAway}`),
    row('95 % answered within', ({ p95Ms }) => (p95Ms === null ? 'never' : `${p95Ms} ms`)),
  ]
  function row(label: string, of: (clients: Clients) => string) {
    return { label, before: of(before.clients), after: of(after.clients) }
  }
  const { clients } = after
  if (served) {
    const feedback = `All ${clients.all} clients were answered, and hardly one had to ask twice (${clients.retransmitted} segments sent again).`
    return { status: 'pass', share: 1, feedback, evidence }
  }
  if (isHostBusy(after)) {
    const feedback = `The host was too busy to tell: ${clients.silent} clients were still waiting when the time was up, though nothing of theirs was lost. Nothing is lost for you either; check again.`
    return { status: 'error', share: 0, feedback, evidence }
  }
  const share = improvement(before.clients, clients) / 2
  if (clients.untrue > 0) {
    const feedback = `${clients.untrue} answers were not what the shop answers.`
    return { status: 'fail', share: 0, feedback, evidence }
  }
  const feedback =
    clients.served < clients.all
      ? `${clients.all - clients.served} of ${clients.all} clients got no answer in time; ${clients.turnedAway} of them were turned away.`
      : `All ${clients.all} clients were answered in the end, but they had to send ${clients.retransmitted} segments again.`
  return { status: 'fail', share, feedback, evidence }
}

export function judgeApp({ before, after, served }: Case): Finding {
  const { puma } = after.server
  const { untrue, idlePageMs } = after.clients
  const was = before.server.puma
  // Further files beside the shop's own do no harm.
  const isUnharmed = after.server.files.includes(before.server.files)
  const evidence = [
    { label: 'Process behind port 80', before: processOf(before.server), after: processOf(after.server) },
    { label: 'First byte of / when idle', before: ms(before.clients.idlePageMs), after: ms(idlePageMs) },
    {
      label: 'Files of the shop',
      after: isUnharmed ? 'unchanged' : 'changed',
    },
  ]
  const fail = (feedback: string, share = 0): Finding => ({ status: 'fail', share, feedback, evidence })
  if (untrue > 0) return fail(`${untrue} answers on port 80 were not the shop's.`)
  if (!puma) return fail('The process that listens on port 80 is not Puma.')
  if (puma.exe !== was?.exe || puma.parser !== was.parser)
    return fail('Puma is not the Puma that was here before.')
  if (!isUnharmed) return fail('The files of the shop were changed.')
  if (puma.settings !== was.settings) return fail('The settings that the shop runs with were changed.')
  if (idlePageMs !== null && idlePageMs < idlePageLeastMs) {
    return fail(`A page that waits for its storage came after ${ms(idlePageMs)}.`)
  }
  if (puma.unit !== was.unit)
    return fail('Puma listens, but not as its service: nothing would start it again after a crash.', 0.5)
  return harmless('Puma and the shop are what they were.', evidence, served)
}

export function judgeClients({ before, after, served }: Case): Finding {
  const added = after.server.drops.filter((rule) => !before.server.drops.includes(rule))
  const { abortOnOverflow } = after.server
  const { turnedAway, silent, all } = after.clients
  const evidence = [
    { label: 'Clients turned away', before: `${before.clients.turnedAway}`, after: `${turnedAway}` },
    {
      label: 'net.ipv4.tcp_abort_on_overflow',
      before: told(before.server.abortOnOverflow),
      after: told(abortOnOverflow),
    },
    { label: 'Firewall rules that drop or reject, added', after: added.join('\n') || 'none' },
  ]
  const fail = (feedback: string): Finding => ({ status: 'fail', share: 0, feedback, evidence })
  if (abortOnOverflow !== null && abortOnOverflow > 0)
    return fail('A full queue now answers clients with a reset, where they used to be served a little later.')
  if (turnedAway > 0) return fail(`${turnedAway} of ${all} clients were turned away.`)
  if (added.length > 0 && silent > 0)
    return fail(`The firewall drops more than it did, and ${silent} of ${all} clients got no answer.`)
  return harmless('Nobody is turned away.', evidence, served)
}

/** Nothing harmed where nothing was mended is no merit yet. */
function harmless(feedback: string, evidence: Finding['evidence'], served: boolean): Finding {
  return served
    ? { status: 'pass', share: 1, feedback, evidence }
    : {
        status: 'not_gradable',
        share: 0,
        feedback: `${feedback} This counts as soon as the clients are served.`,
        evidence,
      }
}

export const isServed = ({ all, served, retransmitted }: Clients): boolean =>
  all > 0 && served === all && retransmitted <= tolerableRetransmissions

/** Clients out of time, but no segment of theirs lost and nobody turned away, on a server that was slow even to describe itself. */
const isHostBusy = ({ clients, stateMs }: Side): boolean =>
  stateMs > busyHostMs &&
  clients.silent > 0 &&
  clients.untrue + clients.turnedAway === 0 &&
  clients.retransmitted <= tolerableRetransmissions

/** How much of the clients' trouble is gone, 0 to 1. A client without an answer weighs as much as ten segments. */
function improvement(before: Clients, after: Clients): number {
  const trouble = ({ all, served, retransmitted }: Clients) => retransmitted + 10 * (all - served)
  return trouble(before) === 0 ? 0 : Math.max(0, 1 - trouble(after) / trouble(before))
}

const told = (value: number | null): string => (value === null ? 'unknown' : `${value}`)
const ms = (value: number | null): string => (value === null ? 'no answer' : `${Math.round(value)} ms`)
const bindOf = ({ pumaConfig }: Server): string => /^\s*bind\s+(.*)$/m.exec(pumaConfig)?.[1]?.trim() ?? 'none'
const processOf = ({ puma, listeners }: Server): string =>
  puma ? `${puma.exe} in ${puma.unit}` : (listeners[0]?.processes[0]?.name ?? 'nothing')
