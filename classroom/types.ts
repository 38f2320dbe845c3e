/**
 * What the classroom hands out: plain values that survive JSON, safe to give to any component. Knows no database and no service.
 */
import type { Verdict } from '../grader/verdict.ts'
import type { Given } from '../labs/schema.ts'
import type { ToolUse, Work } from '../labs/work.ts'
import type { Problem, SandboxStatus } from '../sandbox/protocol/status.ts'

/** What somebody is in this house: who owns it, who may open cohorts, everybody else. */
export type Role = 'owner' | 'instructor' | 'learner'
/** What somebody is in one cohort. */
export type CohortRole = 'instructor' | 'assistant' | 'learner'

export interface Person {
  id: string
  name: string
  role: Role
}

/** Returned once, at sign-in: the cookie's value, and until when it is good. */
export interface SignedIn {
  session: string
  expiresAt: string
  person: Person
}

/** A signed-in browser, to whom it belongs. Times are ISO 8601. */
export interface SessionView {
  id: string
  createdAt: string
  expiresAt: string
  /** The one that asks. */
  current: boolean
}

export interface AccountView extends Person {
  login: string | null
  hasPassword: boolean
  hasReturnCode: boolean
  createdAt: string
}

export type Pacing = 'open' | 'dates' | 'hand'

/** A cohort as one person sees it. What is not for them is null. */
export interface CohortView {
  id: string
  name: string
  timeZone: string
  pacing: Pacing
  /** `none`: the owner of the house, who is not in it. */
  role: CohortRole | 'own' | 'none'
  createdAt: string
  archivedAt: string | null
  people: number | null
  joinCode: string | null
  may: {
    people: boolean
    change: boolean
    enroll: boolean
    release: boolean
    audit: boolean
    look: boolean
    inject: boolean
    report: boolean
    /** The workshop room: its wall, and leading it. */
    room: boolean
    lead: boolean
    /** Make and change assignments. */
    assign: boolean
    /** See everybody's grades; change them. */
    grades: boolean
    grade: boolean
  }
}

/** Somebody in a cohort, as its instructors see them. */
export interface MemberView {
  id: string
  name: string
  login: string | null
  role: CohortRole
  joinedAt: string
  /** Whether they can come in by themselves, or wait for an invitation. */
  ready: boolean
  /** Until when an invitation of theirs is good. */
  invitedUntil: string | null
  /** Whether whoever asks may make a link that sets their password. */
  mayReset: boolean
}

export interface OpenInvitationView {
  id: string
  role: CohortRole
  person: string | null
  createdAt: string
  expiresAt: string
}

/** What is said of a chapter or a lab in a cohort. */
export interface ReleaseView {
  item: string
  /** As a clock in the cohort's zone says it: 2026-10-25T18:00. */
  releaseAt: string | null
  openedAt: string | null
  requires: string[]
}

/** What a link is for, told to whoever holds it. */
export interface InvitationView {
  cohort: string
  role: CohortRole
  /** Whom the roster knows already: they set their password. Null: somebody who is yet to come. */
  person: { name: string; login: string | null } | null
}

/** `starting` and `running` are open. `lost`: the machine went away. `failed`: it never came. Neither counts as an attempt spent. */
export type AttemptState = 'starting' | 'running' | 'finished' | 'lost' | 'failed'

/** One machine of one person for one lab. Its id is the sandbox's id. Times are ISO 8601. */
export interface AttemptView {
  id: string
  lab: string
  /** Which one it is work on; null: practice. */
  assignment: string | null
  seed: number
  /** Counts resets. */
  generation: number
  state: AttemptState
  createdAt: string
  startedAt: string | null
  endedAt: string | null
  /** When work on an assignment hands itself in. Null: never. */
  deadlineAt: string | null
  /** The diagnosis as it last stood whole in its form, or was checked with; for whoever goes on elsewhere. */
  answers: Given | null
  /** The machine right now; null when the attempt is closed or when the service could not be asked (`problem` says why). */
  sandbox: SandboxStatus | null
  /** Fit to be shown as it is. On a closed attempt: why it was lost or failed. */
  problem: Problem | null
}

/** One check. The evidence it was judged from stays in the database: it would give hidden checks away. */
export interface VerdictView {
  id: string
  attempt: string
  lab: string
  generation: number
  createdAt: string
  answers: Given | null
  /** False when the grading itself failed (`error`, `not_gradable`): it is kept, but it costs nothing and passes nobody. */
  counts: boolean
  verdict: Verdict
  hints: HintsUsed
  /** Null when the machine did not tell. */
  work: WorkView | null
  /** The verdict's score less what the hints cost, never below 0: what is reported. */
  score: number
}

/** How the learner worked up to a check, as their machine tells it: root can write it at will, so it is shown and earns nothing. */
export interface WorkView extends Work {
  tools: ToolUse[]
  /** The first look at the counter that the learner named, where it proves the fault: to anybody else it would give the answer. */
  proof: { counter: string; seen: boolean; at: number | null } | null
}

/** Hints of a lab that had been seen when a check was made. */
export interface HintsUsed {
  count: number
  /** Points. */
  cost: number
}

export interface Progress {
  chaptersRead: string[]
  labsPassed: string[]
  /** Where the person stopped in each chapter, the latest first. */
  places: PlaceView[]
}

/** `anchor` is the id of the heading that they had reached; `at` is ISO 8601. */
export interface PlaceView {
  chapter: string
  anchor: string
  at: string
}

/** A recall question that was answered. `dueAt` null: learned. */
export interface RecallView {
  chapter: string
  question: string
  /** How many of the schedule's waits are over. */
  step: number
  dueAt: string | null
}
