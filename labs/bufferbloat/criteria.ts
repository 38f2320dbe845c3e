/**
 * The criteria that are this lab's own: that small visits do not wait for the downloads, now and after a boot, and that the line is used as it was contracted. Pure;
 * feedback says what was observed and never what to type.
 */
import type { Finding } from '../schema.ts'
import { failed, harmless, ms, notYet, passed, told } from '../shop/criteria.ts'
import type { Case } from './case.ts'
import type { Line } from './evidence.ts'
import { isHostBusy, isOwnDoing, processorsOf, slowBeforeOf } from './host.ts'
import { enough, type Pace } from './pace.ts'
import { isFifo } from './queue.ts'
import { isSetRight, shaped, used } from './rate.ts'

export function judgeQueue(facts: Case): Finding {
  const { line, rateKbit, served, found } = facts
  const { queue } = line.after
  const evidence = [
    { label: 'Packets wait in', before: kindsOf(line.before), after: kindsOf(line.after) },
    { label: 'Sent no faster than', before: rateOf(line.before), after: rateOf(line.after) },
    { label: 'Most packets that waited', before: `${line.before.most}`, after: `${line.after.most}` },
    { label: 'Packets dropped there', before: droppedOf(line.before), after: droppedOf(line.after) },
  ]
  const fail = (feedback: string): Finding =>
    found ? failed(feedback, evidence) : failed(unfoundOf(served, queue !== null), [])
  if (queue === null) return fail('The server did not tell its queue.')
  if (queue.shaper === null)
    return fail(
      'No queue of this server keeps to the rate of the line any more. What waits, waits at the provider.',
    )
  if (!isSetRight(queue.rateKbit ?? rateKbit, rateKbit))
    return fail(`The server sends ${rateOf(line.after)} at most, on a line of ${rateKbit} kbit/s.`)
  if (served) return passed('What is downloaded no longer stands in the way of what is small.', evidence)
  const isSorting = queue.leaves.every(({ kind }) => /^(fq_codel|cake)$/.test(kind))
  // On a host that cannot tell, the kinds of the queues have to do.
  if (isSorting && isHostBusy(facts))
    return passed('Downloads and small pages no longer wait in the same queue.', evidence)
  return fail(
    isSorting
      ? 'Packets no longer wait in one line, and yet small pages are slow beside the downloads.'
      : 'Small pages still wait behind the downloads, or are dropped beside them.',
  )
}

/** To who has not named the stage: nothing of where it is. */
function unfoundOf(served: boolean, isTold: boolean): string {
  if (!served) return 'What makes the small pages wait is still in place.'
  return isTold
    ? 'Small pages are prompt now, but the server no longer keeps to the rate of its line.'
    : 'Small pages are prompt now, but the server did not tell whether it keeps to the rate of its line.'
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
  const now = (line.after.queue?.kinds ?? []).map(sortOf)
  const isAsNow = atBoot.leaves.every((kind) => ['fq_codel', 'cake', ...now].includes(sortOf(kind)))
  if (!isSetRight(atBoot.rateKbit, rateKbit))
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

/** What nobody names is a FIFO of one unit or the other: by the files one cannot tell which. */
const sortOf = (kind: string): string => (isFifo(kind) ? 'fifo' : kind)

export function judgePrompt(facts: Case): Finding {
  const { pace, bounds, prompt, served, telling } = facts
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
  if (isHostBusy(facts) && !isOwnDoing(facts)) {
    const feedback =
      'The host was too busy to tell what held the small pages up. Nothing is lost for you; check again.'
    return { status: 'error', share: 0, feedback, evidence }
  }
  const many = `Beside the downloads ${count} of ${all} small pages came promptly`
  // Then the bounds are wide for the wrong reason: nobody is prompt by them.
  if (!telling) return failed(`${many}. ${slowBeforeOf(facts)}${processorsOf(facts)}`, evidence)
  const feedback = `${many}; to connect took ${ms(pace.after.loaded.connectMs)}, where it takes ${ms(pace.after.idle.connectMs)} when nobody downloads.${processorsOf(facts)}`
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
  if (1000 * mbit > used.most * rateKbit)
    return failed(
      `The server sent ${mbit.toFixed(1)} Mbit/s into a line of ${rateKbit / 1000} Mbit/s.`,
      evidence,
    )
  if ((line.after.queue?.rateKbit ?? 0) > shaped.most * rateKbit)
    return failed(
      `The server sends up to ${rateOf(line.after)} into a line of ${rateKbit / 1000} Mbit/s.`,
      evidence,
    )
  if (after.clients.turnedAway > 0)
    return failed(`${after.clients.turnedAway} clients were turned away.`, evidence)
  const isShort = 1000 * mbit < used.least * rateKbit || begun < 0.8 * all
  if (isShort && isHostBusy(facts) && isSetRight(line.after.queue?.rateKbit ?? null, rateKbit)) {
    const feedback = 'The host was too busy to fill the line. Nothing is lost for you; check again.'
    return { status: 'error', share: 0, feedback, evidence }
  }
  if (isShort)
    return failed(
      `Of a line of ${rateKbit / 1000} Mbit/s ${mbit.toFixed(1)} were used, and ${begun} of ${all} downloads began.${processorsOf(facts)}`,
      evidence,
    )
  return harmless('The line carries what it was contracted for.', evidence, served)
}

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
