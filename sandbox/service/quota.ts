/**
 * How many machines a person and this service may have. A refusal says which machine to end; nothing is ever ended to make room. Pure.
 */
import type { SandboxStatus } from '../protocol/status.ts'
import { Refusal } from './problems.ts'

/** What a quota looks at of a room. */
export interface Counted {
  status: Pick<SandboxStatus, 'owner' | 'state'>
  title: string
  /** When somebody last looked at it, typed or asked. */
  lastSign: number
}

export function refusedByQuota(
  rooms: Counted[],
  owner: string,
  perPerson: number,
  inAll: number,
): Refusal | null {
  const live = rooms.filter(({ status }) => status.state !== 'failed' && status.state !== 'ended')
  const theirs = live
    .filter(({ status }) => status.owner === owner)
    .toSorted((a, b) => a.lastSign - b.lastSign)
  if (theirs.length >= perPerson) return tooManyOfYours(theirs)
  if (live.length >= inAll) return houseFull(live.length, theirs[0])
  return null
}

function tooManyOfYours(theirs: Counted[]): Refusal {
  const [oldest] = theirs as [Counted, ...Counted[]]
  const titles = theirs.map(({ title }) => `“${title}”`).join(', ')
  const end = endOf(oldest)
  return new Refusal(409, {
    code: 'too-many-machines',
    message:
      theirs.length === 1
        ? `You have a machine already, and may have one at a time: ${titles}.`
        : `You have ${theirs.length} machines, the most that you may have at a time: ${titles}.`,
    remedy:
      theirs.length === 1
        ? `To end it, ${end}; then start again.`
        : `End one of them, then start again. To end the one that you left alone for longest, ${end}.`,
  })
}

/** Work for an assignment has no End: it is handed in. */
const endOf = ({ title }: Counted): string =>
  `open the lab “${title}” and press End, or hand it in if it is work for an assignment`

function houseFull(count: number, oldest: Counted | undefined): Refusal {
  return new Refusal(503, {
    code: 'no-room',
    message: `There is no room for another machine: ${count} of them live here, and this Ringside may have no more.`,
    remedy: oldest
      ? `If you do not need your machine of the lab “${oldest.title}” any more, ${endOf(oldest)}; then start again.`
      : 'Try again in a while: machines that nobody uses end by themselves. Whoever runs Ringside can raise RINGSIDE_MACHINES.',
  })
}
