/**
 * The criteria that are this lab's own: that nothing stands against the range any more, now and after a boot, and that the check of senders
 * still stands. Pure; feedback says what was observed and never what to type.
 */
import type { Finding } from '../schema.ts'
import { failed, notYet, passed, type Sides, told } from '../shop/criteria.ts'

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  obstacles: { before: string[]; after: string[] }
  senderCheck: { before: number | null; after: number | null }
  atBoot: { obstacles: string[]; filters: boolean }
  /** Clients of the range that were answered. */
  lost: { before: string; after: string }
  near: { before: string; after: string }
  far: { before: string; after: string }
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

export function judgeCause({ obstacles, senderCheck, served, found }: Case): Finding {
  const evidence = [
    { label: 'Stands against these clients', before: shown(obstacles.before), after: shown(obstacles.after) },
    { label: 'rp_filter in force on eth0', before: told(senderCheck.before), after: told(senderCheck.after) },
  ]
  if (obstacles.after.length === 0) {
    return served
      ? passed('Nothing on this server stands against these clients any more.', evidence)
      : failed('What loses the clients is still in place.', found ? evidence : [])
  }
  const feedback = served
    ? 'The clients get through, but what stood against them is still there; something goes around it.'
    : 'What loses the clients is still in place.'
  return failed(feedback, found ? evidence : [], served ? 0.5 : 0)
}

export function judgeDurable({ atBoot, served, found }: Case): Finding {
  const evidence = [
    { label: 'Against these clients in files that a boot reads', after: shown(atBoot.obstacles) },
  ]
  if (!served) return notYet('What is written for the next boot counts as soon as the clients are served.')
  if (!atBoot.filters)
    return failed('By the files of this server, there is no firewall after the next boot.', [])
  return atBoot.obstacles.length > 0
    ? failed(
        'By the files of this server, these clients are lost again after the next boot.',
        found ? evidence : [],
      )
    : passed('By the files of this server, these clients get through after the next boot, too.', evidence)
}

/** Adds the groups to what the behaviour was judged by: the range is named only to who has found the stage. */
export function withGroups(finding: Finding, { near, far, lost, found }: Case): Finding {
  const rows = [
    { label: 'Near clients answered', ...near },
    { label: 'Far clients answered, of ranges that were never lost', ...far },
    ...(found ? [{ label: 'Far clients answered, of the range that was lost', ...lost }] : []),
  ]
  return { ...finding, evidence: [...rows, ...finding.evidence] }
}

/** Who is no longer asked whether he could be where he says he is, is let in further than was asked for. */
export function withSenderCheck(finding: Finding, { senderCheck }: Case): Finding {
  const { before, after } = senderCheck
  if (finding.status !== 'pass' || before === null || before === 0 || after === null || after > 0)
    return finding
  const row = { label: 'rp_filter in force on eth0', before: told(before), after: told(after) }
  return failed(
    'This server no longer refuses packets whose sender cannot be on that side. It did so before.',
    [row, ...finding.evidence],
    0.5,
  )
}

const shown = (lines: string[]): string => lines.join('\n') || 'nothing'
