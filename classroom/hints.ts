/**
 * Hints: which ones somebody has seen, in what order they may be seen, and what they cost. Knows no lab's texts.
 */
import { hintsCost } from '../labs/hint-price.ts'
import type { Database } from './database.ts'
import { badInput, unknownLab } from './refusal.ts'
import type { RequireOpen } from './release.ts'
import type { HintsUsed, Person } from './types.ts'

export function hints(db: Database, labs: ReadonlySet<string>, requireOpen: RequireOpen) {
  return {
    /** How many hints of this lab the person has seen. They are seen in order, so the count says which. */
    hintsShown: (person: Person, lab: string): Promise<number> =>
      db.hintShown.count({ where: { personId: person.id, lab } }),

    /**
     * Shows hint `number`, 1 the first. Seeing one twice is seeing it once.
     * @throws Refusal when an earlier one has not been seen
     */
    async showHint(person: Person, lab: string, number: number): Promise<void> {
      if (!labs.has(lab)) throw unknownLab(lab)
      await requireOpen(person, `lab:${lab}`)
      const seen = await this.hintsShown(person, lab)
      if (!Number.isInteger(number) || number < 1 || number > seen + 1) {
        throw badInput('no-such-hint', 'Hints are shown one after the other.', 'Ask for the next one.')
      }
      await db.hintShown.createMany({ data: [{ personId: person.id, lab, number }], skipDuplicates: true })
    },
  }
}

/** What the hints seen until a moment cost. */
export async function hintsUsed(
  db: Database,
  personId: string,
  lab: string,
): Promise<(until: Date) => HintsUsed> {
  const shown = await db.hintShown.findMany({ where: { personId, lab }, select: { shownAt: true } })
  return (until) => {
    const count = shown.filter(({ shownAt }) => shownAt <= until).length
    return { count, cost: hintsCost(count) }
  }
}
