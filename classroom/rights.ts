/**
 * Who may do what: the one place. Pure; knows no session, no database and no page.
 */
import type { Person } from './types.ts'

/** What an action is done to: something that belongs to a person. */
export interface Owned {
  personId: string
}

export type Action = 'attempt.see' | 'attempt.work'

type Rule = (person: Person, what: Owned) => boolean

const own: Rule = (person, what) => what.personId === person.id

/** Nobody, the owner of the house included, reaches into somebody else's machine. */
const rules: Record<Action, Rule> = {
  'attempt.see': own,
  'attempt.work': own,
}

export function may(person: Person, action: Action, what: Owned): boolean {
  return rules[action](person, what)
}
