/**
 * What this lab's evidence is worth. Pure: judges recorded text. What the world counted bounds what the guest says of itself. Knows no machine.
 */
import { judgeCollector, judgeShop, mostSince } from '../datagrams/criteria.ts'
import { type Host, hostOf } from '../datagrams/evidence.ts'
import { isDelivered, volleysOf } from '../datagrams/volleys.ts'
import { judgeDiagnosis, type Truth } from '../diagnosis.ts'
import type { Answers, Finding } from '../schema.ts'
import { notBroken, passed, sideOf } from '../shop/criteria.ts'
import type { Evidence } from '../shop/evidence.ts'
import { nextBootOf } from './boot.ts'
import {
  type Case,
  isSpread,
  judgeArrived,
  judgeCause,
  judgeDurable,
  judgeSpread,
  type Work,
} from './criteria.ts'
import {
  afterLoad,
  beforeLoad,
  carriedIn,
  interruptsOf,
  netRxOf,
  pathsOf,
  piecesOf,
  queuePacketsOf,
} from './evidence.ts'
import type { Variant } from './variant.ts'

const stage = 'irq'

/** Two thirds of the smallest burst. */
const pieceAtLeast = 240
/** A broken machine was seen to leave the other processor nothing but a visit's answer now and then. */
export const brokenAtLeast = 0.9

export function brokenBaseline(
  before: Evidence,
  { cause, only }: Variant,
): { ok: true } | { ok: false; reason: string } {
  const no = (reason: string) => ({ ok: false, reason }) as const
  const { queues, processors } = pathsOf(before)
  const carried = carriedIn(before)
  const { sent, lost, delivered } = volleysOf(before)
  if (processors.length !== 1) return no(`packets can end on ${processors.length} processors`)
  if (cause === 'affinity' && (queues.length !== 2 || processors[0] !== only))
    return no(`interrupts go to processor ${processors[0]}, from ${queues.length} queues`)
  if (cause === 'table' && (queues.length !== 1 || queues[0] !== only))
    return no(`packets are put into the queues ${queues.join(', ')}`)
  if (delivered === 0) return no(`none of ${sent} datagrams arrived`)
  if (cause === 'table' && lost <= sent / 20) return no(`only ${lost} of ${sent} datagrams were lost`)
  return carried && carried.share >= brokenAtLeast ? { ok: true } : no('both processors carried packets')
}

export function judge(input: {
  before: Evidence
  after: Evidence
  answers: Answers | null
  variant: Variant
}): Record<string, Finding> {
  const { before, after, answers, variant } = input
  const both = <T>(of: (evidence: Evidence) => T) => ({ before: of(before), after: of(after) })
  const work = both(workOf)
  const volleys = both(volleysOf)
  const spread = isSpread(work.after, volleys.after)
  const facts: Case = {
    ...both(sideOf),
    host: both(hostOf),
    paths: both(pathsOf),
    nextBoot: nextBootOf(hostOf(after).boot),
    work,
    volleys,
    spread,
    served: spread && isDelivered(volleys.after),
    found: answers?.stage === stage,
  }
  return {
    broken: judgeBaseline(facts, brokenBaseline(before, variant)),
    ...judgeDiagnosis(answers, {
      stage,
      counters: countersOf(before, after, variant),
      limit: facts.paths.before.processors.length,
      limitNow: facts.paths.after.processors.length,
    }),
    cause: judgeCause(facts),
    durable: judgeDurable(facts),
    spread: judgeSpread(facts),
    delivered: judgeArrived(facts),
    app: judgeShop(facts),
    collector: judgeCollector(facts),
  }
}

const workOf = (evidence: Evidence): Work => ({
  carried: carriedIn(evidence),
  pieces: piecesOf(evidence, pieceAtLeast),
})

function judgeBaseline(
  { work: { before } }: Case,
  broken: { ok: true } | { ok: false; reason: string },
): Finding {
  if (!broken.ok) return notBroken(broken.reason)
  const [busier = 0, other = 0] = [...(before.carried?.each ?? [])].sort((a, b) => b - a)
  const evidence = [{ label: 'Packets that each processor carried', after: `${busier} and ${other}` }]
  return passed(`One processor carried ${busier} packets, the other one ${other}.`, evidence)
}

/**
 * Who is interrupted is proven by the interrupts, where a packet is put by the queues' own packets; each points the right way for the other. The softirq
 * shows that one processor works and not what sends everything there.
 */
function countersOf(before: Evidence, after: Evidence, { cause }: Variant): Truth['counters'] {
  const busy = busiest(before)
  const host = { before: hostOf(before), after: hostOf(after) }
  const onwards = (before: number | null, after: number | null) => mostSeen(host, before, after)
  const interrupts = interruptsOn(busy)
  const netRx = (text = '') => netRxOf(text)[busy] ?? null
  const queue = fullestQueue(before)
  const packets = (text = '') => queuePacketsOf(text)[queue] ?? null
  const interruptCounter = {
    id: 'Interrupts',
    first: interrupts(beforeLoad(before).interrupts)?.least ?? null,
    now: onwards(
      interrupts(afterLoad(before).interrupts)?.most ?? null,
      interrupts(afterLoad(after).interrupts)?.most ?? null,
    ),
  }
  const queueCounter = {
    id: 'RxQueuePackets',
    first: packets(beforeLoad(before).nic),
    now: onwards(packets(afterLoad(before).nic), packets(afterLoad(after).nic)),
  }
  const softirqCounter = {
    id: 'SoftirqNetRx',
    share: 0.5,
    why: 'NET_RX shows that one processor works, and not what sends everything there.',
    first: netRx(beforeLoad(before).softirqs),
    now: onwards(netRx(afterLoad(before).softirqs), netRx(afterLoad(after).softirqs)),
  }
  return cause === 'affinity'
    ? [{ ...interruptCounter, share: 1 }, softirqCounter]
    : [
        { ...queueCounter, share: 1 },
        {
          ...interruptCounter,
          share: 0.5,
          why: 'The interrupts show that one processor is called, and not who chose it for each packet.',
        },
        softirqCounter,
      ]
}

const busiest = (evidence: Evidence): number => {
  const each = carriedIn(evidence)?.each ?? []
  return Math.max(0, each.indexOf(Math.max(...each)))
}

const fullestQueue = (evidence: Evidence): number => {
  const [first, now] = [beforeLoad(evidence).nic, afterLoad(evidence).nic].map((text) =>
    queuePacketsOf(text ?? ''),
  )
  const grown = (now ?? []).map((packets, i) => packets - (first?.[i] ?? 0))
  return Math.max(0, grown.indexOf(Math.max(...grown)))
}

/** The card has a line for each of its interrupts: one of those that receive may be meant, or all of them together. */
const interruptsOn =
  (cpu: number) =>
  (text = ''): { least: number; most: number } | null => {
    const lines = interruptsOf(text)
    const receive = lines.flatMap(({ name, counts }) =>
      /rx/i.test(name) && counts[cpu] ? [counts[cpu]] : [],
    )
    if (receive.length === 0) return null
    return {
      least: Math.min(...receive),
      most: lines.reduce((sum, { counts }) => sum + (counts[cpu] ?? 0), 0),
    }
  }

/** Who takes queues away and gives them back, or makes their rings anew, begins at 0: then it is what was shown and all that can have come since. */
function mostSeen(
  host: { before: Host; after: Host },
  before: number | null,
  after: number | null,
): number | null {
  const packetsPerSecond = 1_500
  return mostSince(
    { value: before, uptimeS: host.before.uptimeS },
    { value: after, uptimeS: host.after.uptimeS },
    packetsPerSecond,
  )
}

export function referenceAnswers(before: Evidence, variant: Variant): Answers {
  const [counter] = countersOf(before, before, variant)
  return {
    stage,
    counter: counter?.id ?? '',
    value: counter?.now ?? 0,
    limit: pathsOf(before).processors.length,
    why:
      variant.cause === 'affinity'
        ? 'The interrupts of both queues may go to one processor only, and the softirq runs where the interrupt came.'
        : 'The indirection table names one queue only, so one ring takes every burst and one processor empties it.',
  }
}
