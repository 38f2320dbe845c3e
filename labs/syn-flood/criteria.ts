/**
 * The criteria that are this lab's own: that half-open connections no longer keep others out, now and after a boot, and that nobody is shut out
 * for it. Pure; feedback says what was observed and never what to type.
 */
import type { Finding } from '../schema.ts'
import { failed, harmless, notYet, passed, type Sides, told } from '../shop/criteria.ts'
import type { Heard } from './evidence.ts'
import { holds, isEnough, isEnoughForNow, type Queue } from './queue.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  queue: { before: Queue; after: Queue; atBoot: Queue }
  heard: { before: Heard; after: Heard }
  pps: number
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

export function judgeQueue({ queue, pps, found }: Case): Finding {
  const { before, after } = queue
  const evidence = [
    { label: 'net.ipv4.tcp_syncookies', before: told(before.cookies), after: told(after.cookies) },
    { label: 'Half-open connections that fit', before: told(holds(before)), after: told(holds(after)) },
    { label: 'net.ipv4.tcp_max_syn_backlog', before: told(before.synBacklog), after: told(after.synBacklog) },
    { label: 'Limit of the listener (Send-Q)', before: told(before.listener), after: told(after.listener) },
  ]
  const fail = (feedback: string, share = 0): Finding =>
    found ? failed(feedback, evidence, share) : failed('What loses the clients is still in place.', [], share)
  if (after.listener === null) return fail('Nothing was found listening on port 80.')
  if (isEnough(after, pps)) {
    return passed('Connections that are never completed no longer keep others out.', evidence)
  }
  return isEnoughForNow(after, pps)
    ? fail(
        `${told(holds(after))} half-open connections fit. That many come in less than a minute, and then it is as it was.`,
        0.5,
      )
    : fail(
        `${told(holds(after))} half-open connections fit, and unknown senders alone ask for more at any time.`,
      )
}

export function judgeDurable({ queue, pps, served, found }: Case): Finding {
  const { atBoot } = queue
  const evidence = [
    { label: 'net.ipv4.tcp_syncookies after the next boot', after: told(atBoot.cookies) },
    { label: 'Half-open connections that fit, then', after: told(holds(atBoot)) },
  ]
  if (!served) return notYet('What is written for the next boot counts as soon as the clients are served.')
  return isEnough(atBoot, pps)
    ? passed('By the files of this server, it would withstand this after the next boot, too.', evidence)
    : failed(
        'By the files of this server, the clients would be lost again after the next boot.',
        found ? evidence : [],
      )
}

/** Forged senders cannot be told from real ones: who leaves them unheard leaves customers unheard. */
export function judgeClients({ before, after, heard, served }: Case): Finding {
  const { forged, heard: seen, answered } = heard.after
  const added = after.server.drops.filter((rule) => !before.server.drops.includes(rule))
  const { turnedAway, all } = after.clients
  const evidence = [
    { label: 'Clients turned away', before: `${before.clients.turnedAway}`, after: `${turnedAway}` },
    {
      label: 'Unknown senders that asked for a connection',
      before: `${heard.before.forged}`,
      after: `${forged}`,
    },
    { label: 'Of these, heard by TCP', before: `${heard.before.heard}`, after: `${seen}` },
    { label: 'Of these, answered', before: `${heard.before.answered}`, after: `${answered}` },
    { label: 'Firewall rules that drop or reject, added', after: added.join('\n') || 'none' },
  ]
  if (turnedAway > 0) return failed(`${turnedAway} of ${all} clients were turned away.`, evidence)
  if (seen < forged / 2) {
    return failed(
      `Of ${forged} unknown senders who asked for a connection ${forged - seen} were not heard at all. Nothing tells them from customers.`,
      evidence,
    )
  }
  if (served && answered < forged / 2) {
    return failed(
      `Of ${forged} unknown senders who asked for a connection only ${answered} were answered. Nothing tells them from customers.`,
      evidence,
    )
  }
  return harmless('Nobody is turned away.', evidence, served)
}
