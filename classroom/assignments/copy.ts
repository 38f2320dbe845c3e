/** The assignments of one cohort for another one. Knows no learner and no rights. */
import type { Transaction } from '../database.ts'
import { newSeedKey } from '../grades/seeds.ts'

/** As drafts, with the dates that they had: nobody sees one before it is published anew. Variants are drawn anew, too. */
export async function copyAssignments(tx: Transaction, from: string, to: string): Promise<void> {
  const found = await tx.assignment.findMany({
    where: { cohortId: from },
    include: { labs: true },
    orderBy: { id: 'asc' },
  })
  for (const { id: _id, createdAt: _made, publishedAt: _published, labs, ...same } of found)
    await tx.assignment.create({
      data: {
        ...same,
        // Whole as they are held: what reads them checks them.
        latePolicy: same.latePolicy ?? {},
        terms: same.terms ?? {},
        cohortId: to,
        seedKey: newSeedKey(),
        labs: { create: labs.map(({ lab, position, weight }) => ({ lab, position, weight })) },
      },
    })
}
