/**
 * The criteria that are this lab's own: that small visits do not wait for the downloads, now and after a boot, and that the line is used as it was contracted. Pure;
 * feedback says what was observed and never what to type.
 */
import type { Finding } from '../schema.ts'
import { failed, harmless, ms, notYet, passed, type Sides, told } from '../shop/criteria.ts'
import type { AtBoot } from './boot.ts'
import type { Downloads, Line } from './evidence.ts'
import { addedBy, type Bounds, enough, type Pace } from './pace.ts'
import { isFifo } from './queue.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  line: { before: Line; after: Line }
  pace: { before: Pace; after: Pace }
  downloads: { before: Downloads; after: Downloads }
  bounds: Bounds
  /** The share of the visits beside the downloads that kept within the bounds. */
  prompt: number
  /** Visits before the downloads were not held up. */
  telling: boolean
  /** Of the processors, beside the downloads. */
  idleShare: number | null
  atBoot: AtBoot
  rateKbit: number
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

/** Headers are a twentieth of it; the rest is for beginnings, and for what is dropped on purpose. */
const leastOfRate = 0.75
const mostOfRate = 1.15
const within = (rate: number | null, contracted: number): boolean =>
  rate !== null && rate >= leastOfRate * contracted && rate <= mostOfRate * contracted

export function judgeQueue({ line, prompt, rateKbit, served, found, ...facts }: Case): Finding {
  const { queue } = line.after
  const evidence = [
    { label: 'Packets wait in', before: kindsOf(line.before), after: kindsOf(line.after) },
    { label: 'Sent no faster than', before: rateOf(line.before), after: rateOf(line.after) },
    { label: 'Most packets that waited', before: `${line.before.most}`, after: `${line.after.most}` },
    { label: 'Packets dropped there', before: droppedOf(line.before), after: droppedOf(line.after) },
  ]
  const fail = (feedback: string): Finding =>
    found ? failed(feedback, evidence) : failed('What makes the small pages wait is still in place.', [])
  if (queue === null) return fail('The server did not tell its queue.')
  if (queue.shaper === null)
    return fail(
      'No queue of this server keeps to the rate of the line any more. What waits, waits at the provider.',
    )
  if (!within(queue.rateKbit ?? rateKbit, rateKbit))
    return fail(`The server sends ${rateOf(line.after)} at most, on a line of ${rateKbit} kbit/s.`)
  if (served) return passed('What is downloaded no longer stands in the way of what is small.', evidence)
  const isSorting = queue.leaves.every(({ kind }) => /^(fq_codel|cake)$/.test(kind))
  // On a host that cannot tell, the kinds of the queues have to do.
  if (isSorting && isHostBusy({ line, rateKbit, served, found, prompt, ...facts }))
    return passed('Downloads and small pages no longer wait in the same queue.', evidence)
  return fail('Small pages still wait behind the downloads, or are dropped beside them.')
}

/** After the next boot it shapes to the same rate, and packets wait in no other kinds of queues than now. */
export function judgeDurable({ line, atBoot, rateKbit, served, found }: Case): Finding {
  const evidence = [
    {
      label: 'Sent no faster than, after the next boot',
      after: atBoot.rateKbit === null ? 'the card can' : `${Math.round(atBoot.rateKbit)} kbit/s`,
    },
    { label: 'Packets wait in, then', after: atBoot.leaves.join(', ') || 'the kernel’s own queues' },
  ]
  if (!served) return notYet('What is written for the next boot counts as soon as small pages are prompt.')
  const now = line.after.queue?.leaves.map(({ kind }) => kind) ?? []
  const isAsNow = atBoot.leaves.every((kind) => ['fq_codel', 'cake', ...now].includes(kind))
  if (!within(atBoot.rateKbit, rateKbit))
    return failed(
      'By the files of this server, the next boot does not keep to the rate of the line.',
      found ? evidence : [],
    )
  return isAsNow
    ? passed('By the files of this server, it will be so after the next boot, too.', evidence)
    : failed(
        'By the files of this server, small pages will wait again after the next boot.',
        found ? evidence : [],
      )
}

export function judgePrompt(facts: Case): Finding {
  const { pace, bounds, prompt, served, line } = facts
  const row = (label: string, of: (pace: Pace) => string) => ({
    label,
    before: of(pace.before),
    after: of(pace.after),
  })
  const evidence = [
    row('Connected, before the downloads', ({ idle }) => ms(idle.connectMs)),
    row('Connected, beside them', ({ loaded }) => ms(loaded.connectMs)),
    row('Answered, before the downloads', ({ idle }) => ms(idle.totalMs)),
    row('Answered, beside them', ({ loaded }) => ms(loaded.totalMs)),
    row('Answered at all, beside them', ({ loaded }) => `${loaded.answered} of ${loaded.all}`),
    {
      label: 'Prompt is',
      after: `connected in ${ms(bounds.connectMs)}, answered in ${ms(bounds.totalMs)}`,
    },
  ]
  const { all } = pace.after.loaded
  const count = Math.round(prompt * all)
  if (served) return passed(`Beside the downloads ${count} of ${all} small pages came promptly.`, evidence)
  if (isHostBusy(facts) && !isStanding(line)) {
    const feedback =
      'The host was too busy to tell what held the small pages up. Nothing is lost for you; check again.'
    return { status: 'error', share: 0, feedback, evidence }
  }
  const feedback = `Beside the downloads ${count} of ${all} small pages came promptly; to connect took ${ms(pace.after.loaded.connectMs)}, where it takes ${ms(pace.after.idle.connectMs)} when nobody downloads.`
  return failed(feedback, evidence, prompt < 0.3 ? 0 : prompt / 2)
}

/** The line carries what it was contracted for, and not more; and nobody who downloads is turned away for it. */
export function judgeContract(facts: Case): Finding {
  const { downloads, line, rateKbit, served, before, after } = facts
  const { all, begun, mbit } = downloads.after
  const evidence = [
    { label: 'Contracted', after: `${rateKbit / 1000} Mbit/s` },
    {
      label: 'Downloaded, all together',
      before: `${downloads.before.mbit.toFixed(1)} Mbit/s`,
      after: `${mbit.toFixed(1)} Mbit/s`,
    },
    { label: 'Downloads that began', before: `${downloads.before.begun}`, after: `${begun} of ${all}` },
    {
      label: 'Clients turned away',
      before: `${before.clients.turnedAway}`,
      after: `${after.clients.turnedAway}`,
    },
  ]
  if (1000 * mbit > mostOfRate * rateKbit)
    return failed(
      `The server sent ${mbit.toFixed(1)} Mbit/s into a line of ${rateKbit / 1000} Mbit/s.`,
      evidence,
    )
  if (after.clients.turnedAway > 0)
    return failed(`${after.clients.turnedAway} clients were turned away.`, evidence)
  const isShort = 1000 * mbit < leastOfRate * rateKbit || begun < 0.8 * all
  if (isShort && isHostBusy(facts) && within(line.after.queue?.rateKbit ?? null, rateKbit)) {
    const feedback = 'The host was too busy to fill the line. Nothing is lost for you; check again.'
    return { status: 'error', share: 0, feedback, evidence }
  }
  if (isShort)
    return failed(
      `Of a line of ${rateKbit / 1000} Mbit/s ${mbit.toFixed(1)} were used, and ${begun} of ${all} downloads began.`,
      evidence,
    )
  return harmless('The line carries what it was contracted for.', evidence, served)
}

/** What a server's processors have left beside the downloads, broken, mended or mended wrongly, on a host that has time, is 0.6 to 0.8. */
const leastIdle = 0.55

/**
 * Others had the host, or its processors had no time left, or it was slow before anybody downloaded (connecting takes 1 to 3 ms then); or it had the line to fill and nothing to send, while
 * clients waited for their downloads: then the processor was the bottleneck.
 */
function isHostBusy({ after, idleShare, telling, pace, line, downloads, rateKbit }: Case): boolean {
  const hadNoTime = after.starved || (idleShare ?? 1) < leastIdle
  const isSlow = !telling || (pace.after.idle.connectMs ?? 0) > addedBy(pace.before).connectMs / 16
  const { samples } = line.after
  const isEmpty = samples.filter(({ packets }) => packets < 3).length > samples.length / 2
  const { all, ended, mbit } = downloads.after
  const isStarved = isEmpty && ended < all / 2 && 1000 * mbit < leastOfRate * rateKbit
  return hadNoTime || isSlow || isStarved
}

/** The queue itself says that it is as it was: then the host is no excuse. */
const isStanding = ({ before, after }: Case['line']): boolean =>
  (after.queue?.leaves ?? []).some(({ kind }) => isFifo(kind)) && after.most >= before.most / 2

export const isServed = ({ prompt, telling }: Pick<Case, 'prompt' | 'telling'>): boolean =>
  telling && prompt >= enough

const kindsOf = ({ queue }: Line): string =>
  queue === null
    ? 'unknown'
    : [...new Set(queue.leaves.map(({ kind, limit }) => `${kind} (${told(limit)})`))].join(', ')
const droppedOf = ({ queue, samples: [first] }: Line): string =>
  told(queue && first ? Math.max(0, queue.dropped - first.dropped) : null)
const rateOf = ({ queue }: Line): string =>
  queue?.shaper ? (queue.rateKbit === null ? 'an unknown rate' : `${queue.rateKbit} kbit/s`) : 'the card can'
