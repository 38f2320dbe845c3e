/**
 * Who may do what: the one place. A table of every action: what standing to a thing allows it, and which role in the house allows it whatever
 * the standing. docs/rights.md says the same in words, and a test compares the two. Pure; knows no session, no database and no page
 * (classroom/standing.ts finds out how somebody stands to a thing).
 */
import type { CohortRole, Role } from './types.ts'

/**
 * How a person stands to a thing: it is their own; they have this role in the cohort that it belongs to; or neither, and then it does not
 * exist for them.
 */
export type Standing = 'own' | CohortRole | 'none'

interface Right {
  standing: readonly Standing[]
  house: readonly Role[]
}

const own: Right = { standing: ['own'], house: [] }
/** The owner of the house stands in every cohort as an instructor does: they hold the database anyway, and somebody must be able to help. */
const teach: Right = { standing: ['instructor'], house: ['owner'] }

export const rights = {
  /** Nobody, the owner of the house included, works at somebody else's machine. */
  'attempt.see': own,
  'attempt.work': own,
  'session.end': own,

  'house.people': { standing: [], house: ['owner'] },
  'cohort.open': { standing: [], house: ['owner', 'instructor'] },
  'cohort.see': { standing: ['instructor', 'assistant', 'learner'], house: ['owner'] },
  'cohort.people': { standing: ['instructor', 'assistant'], house: ['owner'] },
  /** Name, zone, join code, archive, copy. */
  'cohort.change': teach,
  /** Who is in it, and as what: by hand, by roster, by invitation. */
  'cohort.enroll': teach,
  'cohort.release': teach,
  'cohort.audit': teach,
  /** Sees a learner's machine of this cohort, who is told so, and asks them to be let type. */
  'learner.look': { standing: ['instructor', 'assistant'], house: ['owner'] },
  /** One's own machine to everybody in the cohort, who only look. */
  'screen.show': { standing: ['instructor', 'assistant'], house: ['owner'] },
  /** Another lab's fault on the machines that learners practise at. */
  'fault.inject': teach,
  /** Those that are published; drafts are for who may change them. */
  'assignment.see': { standing: ['instructor', 'assistant', 'learner'], house: ['owner'] },
  /** A try of one's own at it, with a machine and a grade. */
  'assignment.work': { standing: ['learner'], house: [] },
  /** Texts, labs, dates, terms, extensions. */
  'assignment.change': teach,
  /** What everybody did: times, hints, fixes. */
  'report.see': { standing: ['instructor', 'assistant'], house: ['owner'] },
  'grade.see': { standing: ['instructor', 'assistant'], house: ['owner'] },
  /** Override, judge again. */
  'grade.change': teach,
  /** The workshop room of a cohort, as a learner: what is told to all, and one's own hand. */
  'room.attend': { standing: ['learner'], house: [] },
  /** Every learner of it on the wall. */
  'room.see': { standing: ['instructor', 'assistant'], house: ['owner'] },
  /** A raised hand that was answered is lowered. */
  'room.help': { standing: ['instructor', 'assistant'], house: ['owner'] },
  /** Open and close it, bring everybody along, tell, time, reveal. */
  'room.lead': teach,
  /** Machines kept ready for a workshop, and no longer. */
  'seats.reserve': teach,
  /** A new way in for somebody who is a learner and nothing more anywhere; for anybody else only the owner makes one. */
  'password.reset': teach,
  'password.reset-staff': { standing: [], house: ['owner'] },
} as const satisfies Record<string, Right>

export type Action = keyof typeof rights

export function may(person: { role: Role }, action: Action, standing: Standing): boolean {
  const right: Right = rights[action]
  return right.standing.includes(standing) || right.house.includes(person.role)
}
