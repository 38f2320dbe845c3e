/**
 * Which kinds of machine the labs and the playground use: one VM template each. Knows no template.
 */
import type { Catalog } from '../labs/catalog.ts'
import { playgroundId } from '../labs/playground/id.ts'
import type { Machine } from '../labs/schema.ts'

/** A variant may choose its machine by seed, so a run of seeds is asked; a kind that only a later seed needs is made when it comes. */
const seedsAsked = 32

export function machinesOf(catalog: Catalog): Machine[] {
  const kinds = new Map<string, Machine>()
  for (const { lab } of [...catalog.list(), catalog.get(playgroundId)]) {
    for (let seed = 0; seed < seedsAsked; seed++) {
      const machine = lab.machine(lab.variant(seed))
      kinds.set(JSON.stringify(machine), machine)
    }
  }
  return [...kinds.values()]
}
