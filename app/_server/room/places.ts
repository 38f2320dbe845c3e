/** Every chapter and lab with where it stands on the path: what a wall needs to know of the course. Of a lab it tells the stage, so it is for who leads. */
import 'server-only'
import { chapters } from '#/content/catalog.ts'
import type { StageId } from '#/labs/stages.ts'
import { homeOf } from '../../_ui/path/zones.ts'
import type { LabHints, Place } from '../../_ui/room/places.ts'
import { labList, labTexts } from '../labs.ts'
import { itemsNow } from '../titles.ts'

export async function placesNow(): Promise<Place[]> {
  const [items, list, labs] = await Promise.all([itemsNow(), chapters(), labList()])
  const stages = new Map<string, StageId | null>([
    ...list.map((meta) => {
      const home = homeOf(meta)
      return [`chapter:${meta.slug}`, home === 'behind' ? null : home] as const
    }),
    ...labs.map(({ id, stage }) => [`lab:${id}`, stage] as const),
  ])
  return items.map(({ item, title, href }) => ({ item, title, href, stage: stages.get(item) ?? null }))
}

/** What can be shown to all of each lab. */
export async function labHintsNow(): Promise<LabHints[]> {
  const labs = await labList()
  return Promise.all(
    labs.map(async ({ id, title }) => ({
      id,
      title,
      hints: ((await labTexts(id))?.hints ?? []).map((hint) => hint.title),
    })),
  )
}
