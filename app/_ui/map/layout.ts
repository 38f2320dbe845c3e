/**
 * Where the live map draws into a stage's sign (48 by 48, see path/glyphs.tsx): the vessel that a level fills, from its floor up to the notch of
 * its limit. Signs that are no vessel get a small gauge at their side. Knows no figures.
 */
import type { StageId } from '#/labs/stages.ts'

export interface Vessel {
  x: number
  width: number
  /** Where an empty one ends and a full one: y grows downwards. */
  floor: number
  limit: number
  /** The highest that more than the limit is drawn. */
  rim: number
  /** Drawn with an outline of its own. */
  aside: boolean
}

const within = { aside: false }
const beside: Vessel = { x: 43, width: 5, floor: 40, limit: 12, rim: 8, aside: true }

export const vessels: Partial<Record<StageId, Vessel>> = {
  wire: { ...beside, x: 36 },
  softirq: { x: 10, width: 28, floor: 38, limit: 10, rim: 10, ...within },
  conntrack: { x: 10, width: 28, floor: 38, limit: 10, rim: 10, ...within },
  'syn-queue': { x: 13, width: 22, floor: 39, limit: 13, rim: 9, ...within },
  'accept-queue': { x: 13, width: 22, floor: 39, limit: 13, rim: 9, ...within },
  'socket-buffer': { x: 7, width: 34, floor: 33, limit: 17, rim: 13, ...within },
  epoll: beside,
  puma: beside,
}

/** The top of a level. Whatever is not empty is at least a line: one of 4,096 can be seen. */
export function levelTop({ floor, limit, rim }: Vessel, share: number): number {
  if (share <= 0) return floor
  const top = floor - (floor - limit) * share
  return Math.min(floor - 1.5, Math.max(rim, top))
}

/** How thick the line behind a stage is: 1 for nothing, one more for each tenfold of what passes by the second. */
export const threadWidth = (flow: number | null): number =>
  flow === null || flow <= 0 ? 1 : Math.min(5, 1.25 + Math.log10(1 + flow))
