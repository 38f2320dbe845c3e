/** Where chapters and labs stand on the path, for a wall: what the page tells of each item. Pure. */
import type { StageId } from '#/labs/stages.ts'

export interface Place {
  item: string
  title: string
  href: string
  /** Where it stands on the path; null: nowhere, or all of it. */
  stage: StageId | null
}

export interface LabHints {
  id: string
  title: string
  /** Their titles. */
  hints: readonly string[]
}

export type Places = ReadonlyMap<string, Place>

export const placesOf = (list: readonly Place[]): Places => new Map(list.map((one) => [one.item, one]))
