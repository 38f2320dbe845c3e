/**
 * Which kinds of machine the labs and the playground use, and which share of a lab's variants uses which: one VM template each. Knows no template.
 */
import { createHash } from 'node:crypto'
import type { Catalog } from '../labs/catalog.ts'
import { playgroundId } from '../labs/playground/id.ts'
import type { Machine } from '../labs/schema.ts'

export interface Profile {
  /** Short, and the same as long as the machine is. */
  id: string
  machine: Machine
  /** Lab -> share of its variants, above 0 to 1. */
  labs: Map<string, number>
}

/** A variant may choose its machine by seed, so a run of seeds is asked; a kind that only a later seed needs is made when it comes. */
const seedsAsked = 32

export function profilesOf(catalog: Catalog): Profile[] {
  const profiles = new Map<string, Profile>()
  for (const { lab } of [...catalog.list(), catalog.get(playgroundId)]) {
    for (let seed = 0; seed < seedsAsked; seed++) {
      const machine = lab.machine(lab.variant(seed))
      const id = profileId(machine)
      const profile = profiles.get(id) ?? { id, machine, labs: new Map<string, number>() }
      profile.labs.set(lab.meta.id, (profile.labs.get(lab.meta.id) ?? 0) + 1 / seedsAsked)
      profiles.set(id, profile)
    }
  }
  return [...profiles.values()]
}

export const profileId = (machine: Machine): string =>
  createHash('sha256').update(JSON.stringify(machine)).digest('hex').slice(0, 8)

/** The one that most labs use: what a learner is likely to need next while nobody has started anything. */
export const commonest = (profiles: Profile[]): Profile | undefined =>
  profiles.toSorted((a, b) => sum(b) - sum(a))[0]

const sum = ({ labs }: Profile): number => [...labs.values()].reduce((total, share) => total + share, 0)

/**
 * How many machines of one kind so many seats of a lab need, when a share of its variants uses that kind: which seed a learner will get is not
 * known before, so two standard deviations are added.
 */
export function machinesFor(seats: number, share: number): number {
  const deviation = Math.sqrt(seats * share * (1 - share))
  return Math.min(seats, Math.ceil(seats * share + 2 * deviation))
}
