/** What can be broken on a machine that runs, by the labs as they are compiled with the app. Knows no script and no machine. */
import 'server-only'
import type { Faults } from '#/classroom/looking/injections.ts'
import { kindAt, seedOfKind } from '#/labs/kinds.ts'
import { labList, labOf } from './labs.ts'

/** A lab with questions breaks nothing; the playground is no lab here, and its machine is of a kind that no lab has. */
export const faults: Faults = {
  async list() {
    const labs = await Promise.all((await labList()).map(({ id }) => labOf(id)))
    return labs.filter(({ questions }) => !questions).map(({ meta }) => meta.id)
  },
  async kindAt(lab, seed) {
    const known = (await labList()).some(({ id }) => id === lab)
    return known ? kindAt(await labOf(lab), seed) : null
  },
  async seedOfKind(lab, kind, from) {
    return seedOfKind(await labOf(lab), kind, from)
  },
}
