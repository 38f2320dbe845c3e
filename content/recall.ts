/**
 * What tells one recall question from another. Made of its text, so that moving a question within its chapter keeps what learners answered, and
 * asking it differently makes it a new one. Knows no learner.
 */
import { createHash } from 'node:crypto'

export interface RecallQuestion {
  /** Twelve hexadecimal digits. */
  id: string
  ask: string
}

export const questionId = (ask: string): string =>
  createHash('sha256').update(ask.trim().replace(/\s+/g, ' ')).digest('hex').slice(0, 12)

/** The anchor of a question on its chapter's page. */
export const questionAnchor = (id: string): string => `recall-${id}`
