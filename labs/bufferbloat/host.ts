/**
 * Whether it was the host that had no time, or the server itself. Who has the server can keep its processors busy and make its visits slow, so its own word counts only
 * where the host, which nobody in a guest can speak for, does not say that there was time. Pure.
 */
import { ms } from '../shop/criteria.ts'
import type { Case } from './case.ts'
import { addedBy } from './pace.ts'
import { isFifo } from './queue.ts'
import { used } from './rate.ts'

/** What a server's processors have left beside the downloads, broken, mended or mended wrongly, on a host that has time, is 0.6 to 0.8. */
const leastIdle = 0.55
/** Processors: who is left so much can do whatever a check asks of a server of two, and whatever takes longer than it should is its own doing. */
const leftForAll = 1.5

type Facts = Pick<
  Case,
  'after' | 'idleShare' | 'telling' | 'pace' | 'line' | 'downloads' | 'rateKbit' | 'hostLeft'
>

/** Others had the host; or it did not say that it had time, and the server shows signs of none. */
export function isHostBusy(facts: Facts): boolean {
  return facts.after.starved || (!hadTime(facts) && showsNoTime(facts))
}

const hadTime = ({ hostLeft }: Facts): boolean => hostLeft !== null && hostLeft >= leftForAll

/**
 * Its processors had no time left, or it was slow before anybody downloaded (connecting takes 1 to 3 ms then); or it had the line to fill and nothing to send, while
 * clients waited for their downloads: then the processor was the bottleneck.
 */
function showsNoTime({ idleShare, telling, pace, line, downloads, rateKbit }: Facts): boolean {
  const isSlow = !telling || (pace.after.idle.connectMs ?? 0) > addedBy(pace.before).connectMs / 16
  const { samples } = line.after
  const isEmpty = samples.filter(({ packets }) => packets < 3).length > samples.length / 2
  const { all, ended, mbit } = downloads.after
  const isStarved = isEmpty && ended < all / 2 && 1000 * mbit < used.least * rateKbit
  return (idleShare ?? 1) < leastIdle || isSlow || isStarved
}

/** The queue itself says that it is as it was, or that it lets go less than half of what the line carries: then the host is no excuse. */
export function isOwnDoing({ line: { before, after }, rateKbit }: Facts): boolean {
  const { leaves = [], rateKbit: set } = after.queue ?? {}
  const isAsBefore = leaves.some(({ kind }) => isFifo(kind)) && after.most >= before.most / 2
  return isAsBefore || (set ?? rateKbit) < rateKbit / 2
}

/** What was seen before anybody downloaded. */
export function slowBeforeOf({ pace }: Facts): string {
  const { all, answered, connectMs, totalMs } = pace.after.idle
  return answered === 0
    ? `Before anybody downloaded none of ${all} visits was answered in time.`
    : `They were slow before anybody downloaded, too: to connect took ${ms(connectMs)}, and to be answered ${ms(totalMs)}.`
}

/** What was seen of the server's own processors, where it is worth a sentence; elsewhere it may be the host that took their time. */
export const processorsOf = (facts: Facts): string =>
  hadTime(facts) && facts.idleShare !== null && facts.idleShare < leastIdle
    ? ` The server’s own processors were busy meanwhile: ${Math.round(100 * facts.idleShare)} % of their time was left.`
    : ''
