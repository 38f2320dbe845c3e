/**
 * The diagnosis of an attempt as it last stood whole in the learner's form, kept while they type: their time may be up before they press anything.
 * Knows no form.
 */
import type { Given } from '../../labs/schema.ts'
import { attemptRows } from '../attempt-rows.ts'
import { type Database, json } from '../database.ts'
import type { Person } from '../types.ts'
import { parseAnswers } from '../verdicts.ts'

export function keptAnswers(db: Database) {
  const rows = attemptRows(db)
  return {
    /** Null: the form is empty. Refused once the attempt is over: what is typed after its time does not count. */
    async keepAnswers(person: Person, attemptId: string, answers: Given | null): Promise<void> {
      const given = parseAnswers(answers)
      const { id } = await rows.workable(person, attemptId)
      await db.attempt.update({ where: { id }, data: { answers: json(given) } })
    },
  }
}
