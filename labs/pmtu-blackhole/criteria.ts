/**
 * The criteria that are this lab's own: that the server hears what is too long, or sends nothing too long, now and after a boot, and that pictures
 * come without a wait. Pure; feedback says what was observed and never what to type.
 */
import type { Finding } from '../schema.ts'
import { failed, notYet, passed, type Sides, told } from '../shop/criteria.ts'
import type { AtBoot } from './boot.ts'
import type { Way } from './evidence.ts'
import type { Group } from './load.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  way: { before: Way; after: Way }
  /** The server has taken in reports since the fault was seen. */
  hears: boolean
  atBoot: AtBoot
  /** `12 of 14`. */
  groups: Record<Group, { before: string; after: string }>
  /** By how much far pictures take longer than near ones, by the fastest quarter, in ms; null where some did not come. */
  waitMs: number | null
  /** Far pictures of a check. */
  pictures: number
  /** Nobody went without an answer but some who asked for far pictures. */
  farPicturesAlone: boolean
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

/** TCP repeats after 0.2, 0.6, 1.4 and 3 s: whoever waits for that waits by the clock, whatever the host does. Near pictures wait for the host, too. */
const longWaitMs = 2_000

export const isHanging = (waitMs: number | null): boolean => waitMs !== null && waitMs > longWaitMs

export function judgeCause({ way, hears, served, found, pictures }: Case): Finding {
  const { before, after } = way
  const evidence = [
    { label: 'Packets too long for the way', before: `${before.tooBig}`, after: `${after.tooBig}` },
    {
      label: 'Reports of that which the server took in',
      before: told(before.reports),
      after: told(after.reports),
    },
  ]
  const fail = (feedback: string, share = 0): Finding =>
    found
      ? failed(feedback, evidence, share)
      : failed('What loses the pictures is still in place.', [], share)
  if (!served) return fail('The server sends packets that are too long, and does not learn of it.')
  if (after.mayBeCut) {
    return fail(
      'The pictures come, but only since every packet of this server may be cut to pieces on its way. Nothing is learnt from it.',
      0.5,
    )
  }
  if (after.tooBig > 0 && hears)
    return passed('The server hears that a packet was too long, and sends shorter ones.', evidence)
  // Connections that were waiting when it was mended go on repeating what is too long.
  if (after.tooBig <= 2 * pictures)
    return passed('The server hardly sends a packet that is too long for this way.', evidence)
  return fail('The server goes on sending packets that are too long, and does not learn of it.', 0.5)
}

export function judgeDurable({ atBoot, served }: Case): Finding {
  if (!served) return notYet('What is written for the next boot counts as soon as the pictures come.')
  if (!atBoot.filters)
    return failed('By the files of this server, there is no firewall after the next boot.', [])
  return atBoot.hears || atBoot.avoids
    ? passed('By the files of this server, the pictures come after the next boot, too.', [])
    : failed('By the files of this server, the pictures are lost again after the next boot.', [])
}

/**
 * Adds the groups to what the behaviour was judged by. No busy host loses far pictures alone: then the host is no excuse. And who makes people wait
 * by the clock has not mended it.
 */
export function withGroups(finding: Finding, { groups, waitMs, farPicturesAlone }: Case): Finding {
  const rows = Object.entries(groups).map(([group, told]) => ({ label: `Answered: each ${group}`, ...told }))
  const evidence = [...rows, ...finding.evidence]
  if (finding.status === 'error' && farPicturesAlone)
    return failed(
      `Of the far pictures ${groups['far picture'].after} came, and everything else did.`,
      evidence,
    )
  if (finding.status === 'fail' && isHanging(waitMs)) {
    const seconds = Math.round((waitMs as number) / 100) / 10
    return failed(
      `Far pictures take ${seconds} s longer than near ones: something is still lost each time, and repeated.`,
      evidence,
      0.3,
    )
  }
  return { ...finding, evidence }
}
