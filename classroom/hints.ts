/**
 * Hints: which ones somebody has seen, in what order they may be seen, and what they cost. Knows no lab's texts.
 */
import { hintsCost } from '../labs/hint-price.ts'
import type { Database, Transaction } from './database.ts'
import { type Terms, termsSchema } from './grades/terms.ts'
import { badInput, notAllowedHere, unknownLab } from './refusal.ts'
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
      const terms = await termsNow(person, lab)
      // Who works on it as an assignment has it open, whatever the course says.
      if (terms.length === 0) await requireOpen(person, `lab:${lab}`)
      if (terms.some(({ hints }) => !hints)) throw notAllowedHere('asking for hints')
      const seen = await this.hintsShown(person, lab)
      if (!Number.isInteger(number) || number < 1 || number > seen + 1) {
        throw badInput('no-such-hint', 'Hints are shown one after the other.', 'Ask for the next one.')
      }
      await db.hintShown.createMany({ data: [{ personId: person.id, lab, number }], skipDuplicates: true })
    },
  }

  /** Of the assignments that they work on with this lab at this moment. */
  async function termsNow(person: Person, lab: string): Promise<Terms[]> {
    const working = await db.attempt.findMany({
      where: {
        personId: person.id,
        lab,
        assignmentId: { not: null },
        state: { in: ['starting', 'running'] },
      },
      select: { assignment: { select: { terms: true } } },
    })
    return working.flatMap(({ assignment }) => (assignment ? [termsSchema.parse(assignment.terms)] : []))
  }
}

/** How many hints of a lab somebody had seen at a moment, for many people at once. */
export async function hintsBefore(
  db: Database | Transaction,
  of: readonly { personId: string; lab: string }[],
): Promise<(personId: string, lab: string, until: Date) => number> {
  const people = [...new Set(of.map(({ personId }) => personId))]
  const labs = [...new Set(of.map(({ lab }) => lab))]
  const rows = people.length === 0 ? [] : await db.hintShown.findMany({ where: shownTo(people, labs) })
  const shown = new Map<string, Date[]>()
  for (const { personId, lab, shownAt } of rows) {
    const key = `${personId} ${lab}`
    shown.set(key, [...(shown.get(key) ?? []), shownAt])
  }
  return (personId, lab, until) =>
    (shown.get(`${personId} ${lab}`) ?? []).filter((shownAt) => shownAt <= until).length
}

/** A list of thousands is longer than one statement takes; then all who saw hints of these labs do. */
const shownTo = (people: string[], labs: string[]) => ({
  lab: { in: labs },
  ...(people.length <= 1_000 && { personId: { in: people } }),
})

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
