/**
 * A roster against who is here: whom it would add, who is in the cohort already, what stands against it. Pure; knows no database.
 */
import type { Roster, RosterEntry, RosterProblem } from './roster.ts'
import type { CohortRole } from './types.ts'

/** Who has a login of the roster; `role` null: not in this cohort. */
export interface KnownLogin {
  login: string
  role: CohortRole | null
}

export interface RosterPlan {
  add: RosterEntry[]
  /** In the cohort already: nothing is changed, their name is their own. */
  here: RosterEntry[]
  /** With a single one nothing is applied. */
  problems: RosterProblem[]
}

export function planRoster({ entries, problems }: Roster, known: KnownLogin[]): RosterPlan {
  const roles = new Map(known.map(({ login, role }) => [login, role]))
  const plan: RosterPlan = { add: [], here: [], problems: [...problems] }
  for (const entry of entries) {
    const role = roles.get(entry.login)
    if (role === undefined) plan.add.push(entry)
    else if (role === null) plan.problems.push({ line: entry.line, code: 'login-taken', what: entry.login })
    else if (role !== entry.role) plan.problems.push({ line: entry.line, code: 'other-role', what: role })
    else plan.here.push(entry)
  }
  plan.problems.sort((a, b) => a.line - b.line)
  return plan
}
