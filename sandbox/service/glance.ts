/**
 * A machine at a glance, for an instructor's wall: how it is, and the stage where most of its packets are lost now. Made of what is at hand; asks no
 * machine and wakes none. Knows no wall.
 */
import { type StageId, stageIds } from '../../labs/stages.ts'
import { lossesBetween } from '../counters/derive.ts'
import type { CountersSecond } from '../counters/schema.ts'
import type { MachineGlance } from '../protocol/requests.ts'
import type { SandboxStatus } from '../protocol/status.ts'
import type { Room } from './room.ts'

/** Losses come in bursts; a stage that has lost in this time still counts as losing. */
const windowMs = 10_000

export const glanceAt = (room: Room, now = Date.now()): MachineGlance => ({
  id: room.status.id,
  state: stateOf(room.status),
  losing: losingStage(
    room.counters.atHand.map(({ second }) => second),
    now,
  ),
  lastSign: room.lastSign,
})

/** Of all that are lost at several stages, where most are; of equals the first along the path. @param seconds oldest first */
export function losingStage(seconds: readonly CountersSecond[], now: number): StageId | null {
  const [first] = seconds.filter(({ t, guest }) => guest && t > now - windowMs)
  const last = seconds.findLast(({ guest }) => guest)
  if (!first || !last || first === last) return null
  const lost = lossesBetween(first, last)
  let [most, where]: [number, StageId | null] = [0, null]
  for (const stage of stageIds) {
    const count = lost(stage) ?? 0
    if (count > most) [most, where] = [count, stage]
  }
  return where
}

function stateOf({ state, suspendedAt }: SandboxStatus): MachineGlance['state'] {
  if (state === 'starting') return 'starting'
  if (state !== 'ready') return 'dead'
  return suspendedAt === null ? 'running' : 'asleep'
}
