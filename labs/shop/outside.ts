/**
 * What the world itself counted during a collection, kept in the evidence beside what the guest says, which cannot speak for the world. Knows no
 * single lab.
 */
import type { World, WorldStats } from '../../grader/guest.ts'
import { sectionsOf } from '../reading/sections.ts'
import type { Evidence } from './evidence.ts'

/** Over a collection, so a little longer than its load. */
export interface Outside {
  /** Forged SYNs sent to the server. */
  forged: number
  /** Packets of the server's, or to it, that the WAN refused as too long. */
  tooBig: number
  /** Packets that the world could not hold: no fault of the server's. */
  dropped: number
}

export async function withOutside(world: World, collect: () => Promise<Evidence>): Promise<Evidence> {
  const before = countedIn(await world.stats())
  const evidence = await collect()
  const after = countedIn(await world.stats())
  const { forged, tooBig, dropped } = {
    forged: after.forged - before.forged,
    tooBig: after.tooBig - before.tooBig,
    dropped: after.dropped - before.dropped,
  }
  // Last, since of two sections with one name the last one counts.
  return { ...evidence, counters: `${evidence.counters}\n@@ outside\n${forged} ${tooBig} ${dropped}\n` }
}

export function outsideOf({ counters }: Evidence): Outside {
  const [forged = 0, tooBig = 0, dropped = 0] = (sectionsOf(counters).outside ?? '').split(' ').map(Number)
  return { forged, tooBig, dropped }
}

const countedIn = ({ flood, wan, wire }: WorldStats): Outside => ({
  forged: flood.sent,
  tooBig: wan.tooBig,
  dropped: wan.dropped + wire.dropped,
})
