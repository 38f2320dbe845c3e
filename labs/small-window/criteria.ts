/**
 * The criteria that are this lab's own: that connections begin with room and may have more, now and after a boot, that photographs from afar come in
 * without crawling, and that everybody else is served meanwhile. Pure; feedback says what was observed and never what to type.
 */
import type { Finding } from '../schema.ts'
import { percentile } from '../shop/clients.ts'
import { clientRow, failed, harmless, ms, notYet, passed, type Sides, told } from '../shop/criteria.ts'
import { type Buffers, beginsWell, hasRoom } from './buffers.ts'
import type { Answered, seenOf } from './evidence.ts'
import type { Group } from './load.ts'

type Both<T> = { before: T; after: T }

/** What a judgement of this lab looks at, read out of the evidence once. */
export interface Case extends Sides {
  buffers: Both<Buffers>
  atBoot: Buffers
  seen: Both<ReturnType<typeof seenOf>>
  groups: Record<Group, Both<Answered>>
  /** By the median of the far uploads, where any was taken. */
  bytesInRound: Both<number | null>
  /** What far clients needed to connect during the check, and a round trip as the way alone makes it. */
  connectMs: number | null
  roundMs: number
  /** Packets lost in the world during the check. */
  lostOutside: number
  /** The learner has named the stage: only then may a row say where to look. */
  found: boolean
}

/** One of six may be the host's: what crawls for the server's sake crawls for all. */
const stragglers = 1

/**
 * A page takes a tenth of a second and connecting one round trip, however little window there is; from here on they wait for the host. An upload from
 * afar waits for it in each of its round trips: on a host with sixteen jobs for two processors none of six came in within 5 s, and all of the near ones
 * did. How long the server takes to describe itself is not asked: tools that the learner has replaced may be as slow as they like.
 */
const slowPageMs = 800

export const isServed = (uploads: { near: Answered; far: Answered }): boolean =>
  [uploads.near, uploads.far].every(({ times, all }) => all > 0 && times.length >= all - stragglers)

export function judgeBuffer(facts: Case): Finding {
  const { buffers, seen, groups, served, found } = facts
  const { before, after } = buffers
  const evidence = [
    {
      label: 'Receive buffer that a connection begins with',
      before: told(before.first),
      after: told(after.first),
    },
    { label: 'What it may become', before: told(before.most), after: told(after.most) },
    {
      label: 'Largest buffer seen of a far connection',
      before: told(seen.before.buffer),
      after: told(seen.after.buffer),
    },
    {
      label: 'Largest window offered to one',
      before: told(seen.before.window),
      after: told(seen.after.window),
    },
  ]
  const fail = (feedback: string, share = 0): Finding =>
    found
      ? failed(feedback, evidence, share)
      : failed('What makes uploads crawl is still in place.', [], share)
  if (after.first === null) return fail('Nothing was found listening on port 80.')
  if (!hasRoom(after))
    return fail(`The buffer of a connection may not become larger than ${told(after.most)} bytes.`)
  if (!beginsWell(after)) {
    const some = groups['far upload'].after.times.length > 0
    return fail(
      `The buffer of a connection may become ${told(after.most)} bytes, but each begins with ${after.first}, and from there it grows late or never.`,
      some ? 0.5 : 0,
    )
  }
  if (!served && !isHostsFault(facts))
    return fail(
      'By its own words the server has room, but what it offers to those far away is as little as it was.',
    )
  return passed('Connections begin with room for what a client sends first, and may have more.', evidence)
}

export function judgeDurable({ atBoot, served, found }: Case): Finding {
  const evidence = [
    { label: 'Receive buffer that a connection begins with, after the next boot', after: told(atBoot.first) },
    { label: 'What it may become, then', after: told(atBoot.most) },
  ]
  if (!served) return notYet('What is written for the next boot counts as soon as the uploads come in.')
  return beginsWell(atBoot) && hasRoom(atBoot)
    ? passed('By the files of this server, the uploads come in after the next boot, too.', evidence)
    : failed(
        'By the files of this server, the uploads crawl again after the next boot.',
        found ? evidence : [],
      )
}

export function judgeServed(facts: Case): Finding {
  const { groups, bytesInRound, after, served, found } = facts
  const far = groups['far upload']
  const near = groups['near upload']
  const evidence = [
    { label: 'Far uploads that came in', before: share(far.before), after: share(far.after) },
    { label: 'Near uploads that came in', before: share(near.before), after: share(near.after) },
    { label: 'A far upload took', before: ms(middle(far.before)), after: ms(middle(far.after)) },
    ...(found
      ? [
          {
            label: 'Bytes that a far client got rid of in a round trip',
            before: told(bytesInRound.before),
            after: told(bytesInRound.after),
          },
        ]
      : []),
    clientRow(facts)('Answers that were not the shop’s', ({ untrue }) => `${untrue}`),
  ]
  if (served) return passed(`${share(far.after)} far uploads came in, without crawling.`, evidence)
  if (isHostsFault(facts)) {
    const feedback = `The host was too busy to tell: ${share(far.after)} far uploads and ${share(near.after)} near ones had come in when the time was up. Nothing is lost for you; check again.`
    return { status: 'error', share: 0, feedback, evidence }
  }
  if (after.clients.untrue > 0)
    return failed(`${after.clients.untrue} answers were not what the shop answers.`, evidence)
  const feedback = `${share(far.after)} far uploads and ${share(near.after)} near ones came in, in a time that is plenty for all of them.`
  const gained = far.after.times.length - far.before.times.length
  return failed(feedback, evidence, Math.max(0, gained) / Math.max(1, far.after.all) / 2)
}

/** Pages, near and far, are asked for meanwhile; they were served all the time. */
export function judgeOthers(facts: Case): Finding {
  const { groups, served } = facts
  const pages = (['near page', 'far page'] as const).map((group) => groups[group])
  const sum = (of: (one: Both<Answered>) => number) => pages.reduce((total, one) => total + of(one), 0)
  const all = sum(({ after }) => after.all)
  const came = sum(({ after }) => after.times.length)
  const evidence = [
    {
      label: 'Pages answered meanwhile',
      before: `${sum(({ before }) => before.times.length)} of ${sum(({ before }) => before.all)}`,
      after: `${came} of ${all}`,
    },
  ]
  if (came === all) return harmless('Pages are answered as before.', evidence, served)
  const feedback = `${all - came} of ${all} pages were not answered as they should be.`
  if (!isBusy(facts) || facts.after.clients.untrue > 0) return failed(feedback, evidence)
  const late = `${feedback} The host was too busy to tell why.`
  if (!served && !isHostsFault(facts)) return notYet(late)
  return { status: 'error', share: 0, feedback: late, evidence }
}

/** Where the server says that there is room, and pages waited as well, or the world lost packets of its own. */
const isHostsFault = (facts: Case): boolean =>
  hasRoom(facts.buffers.after) &&
  beginsWell(facts.buffers.after) &&
  facts.after.clients.untrue + facts.after.clients.turnedAway === 0 &&
  (isBusy(facts) || facts.lostOutside > 0)

function isBusy({ groups, connectMs, roundMs }: Case): boolean {
  const pages = (['near page', 'far page'] as const).map((group) => groups[group].after)
  const times = pages.flatMap(({ times }) => times)
  const all = pages.reduce((sum, one) => sum + one.all, 0)
  return (
    times.length < all / 2 || (percentile(times, 0.5) ?? 0) > slowPageMs || (connectMs ?? 0) > 1.6 * roundMs
  )
}

const share = ({ times, all }: Answered): string => `${times.length} of ${all}`
const middle = ({ times }: Answered): number | null => percentile([...times], 0.5)
