/**
 * Errors turned into what a learner can read: what happened, what it means for the work, what to do. Knows no transport.
 */
import { InfrastructureError } from '../../grader/guest.ts'
import { EngineError } from '../driver.ts'
import type { Problem, SandboxStatus } from '../protocol/status.ts'

/** A refusal of the service, with the HTTP status it becomes. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly problem: Problem
  constructor(status: number, problem: Problem) {
    super(problem.message)
    this.status = status
    this.problem = problem
  }
}

export const noSuchSandbox = (): Refusal =>
  new Refusal(404, {
    code: 'no-sandbox',
    message: 'This machine is gone: it was ended, or its time was over.',
    remedy: 'Start the lab again. Verdicts that you already have are kept.',
  })

/** The connection to a machine broke, and is being made again. */
export const beingReached = (): Refusal =>
  new Refusal(503, {
    code: 'being-reached',
    message: 'The connection to the machine broke and is being made again. What runs on it goes on.',
    remedy: 'Try again in a few seconds.',
  })

/** Asked for again while what was there is still being taken away. */
export const beingEnded = (): Refusal =>
  new Refusal(409, {
    code: 'ending',
    message: 'Your former machine of this lab is just being ended.',
    remedy: 'Try again in a few seconds.',
  })

/** A machine that was asked for and is not ready. */
export function notReady({ state, problem }: SandboxStatus): Refusal {
  if (state === 'ended') return noSuchSandbox()
  if (state === 'starting')
    return new Refusal(409, {
      code: 'starting',
      message: 'The machine is still starting.',
      remedy: 'Wait until it is ready.',
    })
  return new Refusal(409, problem ?? toProblem(new InfrastructureError('The machine does not run.')))
}

export const hasStopped = (reason: string): Problem => ({
  code: 'machine-dead',
  message: `The machine has stopped: ${reason}. What was on it is gone; your verdicts are kept.`,
  remedy: 'Reset gives you a fresh machine.',
})

export const noSuchRecording = (): Refusal =>
  new Refusal(404, {
    code: 'no-recording',
    message: 'There is no such recording: it was never made, or its time was over.',
    remedy: 'Reload the page for those that there are.',
  })

export const stillRecorded = (): Refusal =>
  new Refusal(409, {
    code: 'still-recorded',
    message: 'This machine is still there, and what is done on it is recorded. Nothing was removed.',
    remedy: 'End the machine first.',
  })

/** Another fault cannot be put in now, or is being put in. */
export const beingBroken = (): Refusal =>
  new Refusal(409, {
    code: 'busy-machine',
    message: 'The machine is busy: it is being measured or checked, or is just being broken in a new way.',
    remedy: 'Try again in a few seconds.',
  })

export const handedIn = (): Refusal =>
  new Refusal(409, {
    code: 'handed-in',
    message: 'This machine is handed in: it stands still as it was, and is only checked. Nothing was done.',
    remedy: 'See the assignment for its grade.',
  })

/** Its check waited for its turn, and the machine that was to be checked is no more. */
export const replaced = (): Refusal =>
  new Refusal(409, {
    code: 'replaced',
    message: 'The machine was reset before its check began. Nothing was checked.',
    remedy: 'Check the fresh machine when you have worked on it.',
  })

export const unfit = (): Refusal =>
  new Refusal(409, {
    code: 'unfit',
    message: 'This fault belongs to another kind of machine. Nothing was changed.',
    remedy: 'Choose one that is offered for the machines as they are.',
  })

export function toProblem(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem
  // What the engine says, and what helps, is for whoever runs it: it is in the log.
  if (error instanceof EngineError)
    return {
      code: 'engine',
      message:
        'The engine that runs the machines did not do what was asked. Nothing was counted against you.',
      remedy:
        'Try again in a minute. If it stays so, tell whoever runs this Ringside: `npm run ringside -- doctor` shows them what is missing.',
    }
  if (error instanceof InfrastructureError)
    return {
      code: 'machine',
      message: error.message,
      remedy: 'Nothing was counted against you. Reset gives you a fresh machine.',
    }
  return {
    code: 'internal',
    message: 'Something in the sandbox service went wrong. Nothing was counted against you.',
    remedy: 'Try again; the log of `npm start` has the details.',
  }
}
