/**
 * The one error of the classroom: what went wrong, what it means for the learner's work, what to do. Fit to be shown as it is.
 * Knows no page and no HTTP beyond a status that says whose fault it is.
 */
import { ServiceError } from '../sandbox/client.ts'
import type { Problem } from '../sandbox/protocol/status.ts'

/** Next puts this file into its bundle of pages and into that of routes, and the one classroom's refusals must be known in both. */
const brand = Symbol.for('ringside.refusal')

export class Refusal extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value
  }

  override name = 'Refusal'
  readonly [brand] = true
  /** As in HTTP: 4xx the request cannot be done, 5xx something of ours does not work. */
  readonly status: number
  readonly problem: Problem
  /** Of a form: what is wrong with which field, for the page that stands beside it. */
  readonly fields: readonly FieldProblem[]
  constructor(
    status: number,
    problem: Problem,
    options?: ErrorOptions & { fields?: readonly FieldProblem[] },
  ) {
    super(problem.message, options)
    this.status = status
    this.problem = problem
    this.fields = options?.fields ?? []
  }
}

/** `labs.0.weight`, and what is wrong with it. */
export interface FieldProblem {
  field: string
  what: string
}

/** Written `field: what`, as it stands in the message. */
const fieldProblem = (text: string): FieldProblem => {
  const at = text.indexOf(': ')
  return { field: text.slice(0, at), what: text.slice(at + 2) }
}

/** Anything the way to the sandbox service throws, as a refusal. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof ServiceError) return new Refusal(error.status, error.problem, { cause: error })
  return new Refusal(502, notUnderstood, { cause: error })
}

export const unknownLab = (lab: string): Refusal =>
  new Refusal(404, {
    code: 'unknown-lab',
    message: `There is no lab "${lab}".`,
    remedy: 'Choose one from the course; `ringside lab list` prints them all.',
  })

/** Said for what does not exist and for what is somebody else's alike: an id must not be worth guessing. */
export const noSuchAttempt = (): Refusal =>
  new Refusal(404, {
    code: 'no-such-attempt',
    message: 'There is no such attempt of yours.',
    remedy: 'Open the lab from its chapter: a running machine is found again there.',
  })

/** Whatever it is: it does not exist, or is not for this person to see. */
export const noSuchThing = (): Refusal =>
  new Refusal(404, {
    code: 'no-such-thing',
    message: 'There is nothing here for you under this address. Nothing was changed.',
    remedy: 'Go back to the page you came from; if somebody sent you the address, ask them.',
  })

export const wrongLogin = (): Refusal =>
  new Refusal(401, {
    code: 'wrong-login',
    message: 'Login and password do not belong together.',
    remedy: 'Type them again. If the password is lost, your instructor makes a link that sets a new one.',
  })

export const wrongCode = (): Refusal =>
  new Refusal(404, {
    code: 'wrong-code',
    message: 'Nothing is known under this code.',
    remedy: 'Compare it letter by letter; it may also have been replaced, then ask who gave it to you.',
  })

export const spentInvitation = (): Refusal =>
  new Refusal(404, {
    code: 'no-such-invitation',
    message: 'This invitation is not good any more: each works once, and for fourteen days.',
    remedy: 'If it was you who used it, sign in. Else ask your instructor for a new one.',
  })

export const loginTaken = (): Refusal =>
  new Refusal(409, {
    code: 'login-taken',
    message: 'Somebody else has this login. Nothing was changed.',
    remedy: 'Choose another one.',
  })

export const tooBusy = (): Refusal =>
  new Refusal(503, {
    code: 'too-busy',
    message: 'Too many people sign in at this moment.',
    remedy: 'Try again in a few seconds.',
  })

export const cohortArchived = (): Refusal =>
  new Refusal(409, {
    code: 'cohort-archived',
    message: 'This cohort is archived: it can be read, and nothing in it is changed. Nothing was changed.',
    remedy: 'Take it out of the archive first.',
  })

export const lastInstructor = (): Refusal =>
  new Refusal(409, {
    code: 'last-instructor',
    message: 'This would leave the cohort without an instructor. Nothing was changed.',
    remedy: 'Make somebody else an instructor first, or archive the cohort.',
  })

/** Not a secret: the course lists it, and says when it opens. */
export const notOpen = (): Refusal =>
  new Refusal(403, {
    code: 'not-open',
    message: 'This is not open for you yet. Nothing was started.',
    remedy: 'Its page says when it opens, and what is to be done before.',
  })

export const ownerStays = (): Refusal =>
  new Refusal(409, {
    code: 'owner-stays',
    message: 'The owner of a house cannot be deleted from within it. Nothing was deleted.',
    remedy: 'To end it all, stop it and remove its folder of state (RINGSIDE_HOME) and its database.',
  })

export const attemptClosed = (): Refusal =>
  new Refusal(409, {
    code: 'attempt-closed',
    message: 'This attempt is over. Its verdicts are kept.',
    remedy: 'Start the lab again for a fresh machine.',
  })

export const handInInstead = (): Refusal =>
  new Refusal(409, {
    code: 'hand-in-instead',
    message:
      'This machine is your work on an assignment: ending it would hand nothing in. Nothing was changed.',
    remedy: 'Hand it in: it is checked one last time, and then the machine ends.',
  })

export const alreadyHandedIn = (): Refusal =>
  new Refusal(409, {
    code: 'already-handed-in',
    message: 'This attempt is handed in: it is frozen as it was at that moment.',
    remedy: 'See the assignment for its grade, and for the attempts that you have left.',
  })

export const notAllowedHere = (what: string): Refusal =>
  new Refusal(409, {
    code: 'not-allowed-here',
    message: `In this assignment ${what} is not allowed. Nothing was changed.`,
    remedy: 'Ask your instructor if you think that it should be.',
  })

/** @param problems each written `field: what` */
export const badFields = (code: string, what: string, problems: readonly string[]): Refusal =>
  new Refusal(
    400,
    {
      code,
      message: `${what}: ${problems.join('; ')}. Nothing was changed.`,
      remedy: 'Mend these fields and save again.',
    },
    { fields: problems.map(fieldProblem) },
  )

export const noOpenRoom = (): Refusal =>
  new Refusal(409, {
    code: 'no-open-room',
    message: 'The workshop room of this cohort is not open. Nothing was changed.',
    remedy: 'An instructor opens it on the page of the room.',
  })

export const badAssignment = (problems: readonly string[]): Refusal =>
  badFields('bad-assignment', 'The assignment cannot be as it is', problems)

export const cannotStart = (code: string, message: string, remedy: string): Refusal =>
  new Refusal(409, { code, message, remedy })

export const badInput = (code: string, message: string, remedy: string): Refusal =>
  new Refusal(400, { code, message, remedy })

export const machineGone: Problem = {
  code: 'machine-gone',
  message:
    'The machine is gone: it expired, or the sandbox engine was restarted. Every verdict so far is kept.',
  remedy: 'Start the lab again for a fresh machine; no attempt was spent.',
}

export const neverStarted: Problem = {
  code: 'never-started',
  message: 'The machine was never started: the course was interrupted at that moment.',
  remedy: 'Start the lab again; no attempt was spent.',
}

export const databaseUnavailable = (cause: unknown): Refusal =>
  new Refusal(
    503,
    {
      code: 'database-unavailable',
      message: 'The database does not answer. Machines that run go on running; what was stored is kept.',
      remedy:
        'Try again in a moment; if it stays so, stop and run `npm start` again, or look at DATABASE_URL.',
    },
    { cause },
  )

export const diskFull = (cause: unknown): Refusal =>
  new Refusal(
    507,
    {
      code: 'disk-full',
      message:
        'The disk of the database is full, so this could not be stored. What was stored before is kept.',
      remedy: 'Free some space on it and do this again; nothing needs a restart.',
    },
    { cause },
  )

const notUnderstood: Problem = {
  code: 'service-mismatch',
  message: 'The sandbox service gave an answer that the app does not understand.',
  remedy: 'The two are probably of different versions: stop and run `npm start` again.',
}

/** Setting up cannot go on; the remedy is for whoever runs the course. */
export const setupRefusal = (code: string, message: string, remedy: string, cause?: unknown): Refusal =>
  new Refusal(503, { code, message, remedy }, { cause })
