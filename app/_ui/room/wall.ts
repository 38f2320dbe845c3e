/** What a wall shows of its tiles: which, in what order, how many of each kind, and where on the path they are. Pure; knows no drawing. */
import type { Tile } from '#/classroom/room/view.ts'
import { type StageId, stageIds } from '#/labs/stages.ts'
import type { Places } from './places.ts'

export const sorts = ['help', 'name', 'place', 'progress', 'activity'] as const
export const filters = ['all', 'here', 'hand', 'stuck', 'losing', 'working', 'away'] as const
export type Sort = (typeof sorts)[number]
export type Filter = (typeof filters)[number]

export interface Choice {
  sort: Sort
  filter: Filter
  /** Only who is or loses there. */
  stage: StageId | null
  name: string
}

const passes: Record<Filter, (tile: Tile) => boolean> = {
  all: () => true,
  here: ({ online }) => online,
  hand: ({ hand }) => hand !== null,
  stuck: ({ stuck }) => stuck,
  losing: ({ losing }) => losing !== null,
  working: ({ attempt, passed }) => attempt !== null && !passed,
  away: ({ online }) => !online,
}

/** `Learner 2` before `Learner 10`. */
const { compare } = new Intl.Collator('en', { numeric: true })
const byName = (a: Tile, b: Tile): number => compare(a.name, b.name)

export function arranged(tiles: readonly Tile[], choice: Choice, places: Places): Tile[] {
  const asked = choice.name.trim().toLowerCase()
  const isShown = (tile: Tile): boolean =>
    passes[choice.filter](tile) &&
    (asked === '' || tile.name.toLowerCase().includes(asked)) &&
    (choice.stage === null || tile.losing === choice.stage || stageOf(tile, places) === choice.stage)
  const key = keys[choice.sort]
  return tiles
    .filter(isShown)
    .map((tile) => ({ tile, key: key(tile, places) }))
    .toSorted((a, b) => a.key - b.key || byName(a.tile, b.tile))
    .map(({ tile }) => tile)
}

/** Small first. Coarse: a tile must not run away from under the pointer with each second. */
const keys: Record<Sort, (tile: Tile, places: Places) => number> = {
  help: ({ hand, stuck, losing, online }) => {
    if (hand !== null) return hand
    if (stuck) return 1_000
    if (losing !== null) return 2_000
    return online ? 3_000 : 4_000
  },
  name: () => 0,
  place: (tile, places) => {
    const stage = stageOf(tile, places)
    return stage === null ? stageIds.length : stageIds.indexOf(stage)
  },
  progress: ({ criteria, attempt }) => {
    if (criteria && criteria.all > 0) return criteria.passed / criteria.all
    return attempt === null ? 2 : 0
  },
  activity: ({ activeAt }) => Math.floor((activeAt ?? 0) / 60_000),
}

/** Where what they do stands on the path. */
export const stageOf = ({ item }: Tile, places: Places): StageId | null =>
  item === null ? null : (places.get(item)?.stage ?? null)

export interface StageHeat {
  stage: StageId
  here: number
  losing: number
  /** Of the fullest stage, 0 to 1. */
  share: number
}

/** Who is not here warms nothing. */
export function heatOf(tiles: readonly Tile[], places: Places): StageHeat[] {
  const counts = stageIds.map((stage) => ({
    stage,
    here: tiles.filter((tile) => tile.online && stageOf(tile, places) === stage).length,
    losing: tiles.filter(({ losing }) => losing === stage).length,
  }))
  const most = Math.max(1, ...counts.map(({ here }) => here))
  return counts.map((one) => ({ ...one, share: one.here / most }))
}

export const countsOf = (tiles: readonly Tile[]) => ({
  all: tiles.length,
  here: tiles.filter(passes.here).length,
  hands: tiles.filter(passes.hand).length,
  stuck: tiles.filter(passes.stuck).length,
  losing: tiles.filter(passes.losing).length,
  passed: tiles.filter(({ passed }) => passed).length,
})

/** Raised hands, the first to be helped first. */
export const queueOf = (tiles: readonly Tile[]): Tile[] =>
  tiles.filter(passes.hand).toSorted((a, b) => (a.hand ?? 0) - (b.hand ?? 0))
