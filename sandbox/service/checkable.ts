/** What has to be so before a machine is checked, and the line that checks wait in. Knows no machine. */
import os from 'node:os'
import type { LabFolder } from '../../labs/folder.ts'
import { formOf, type Given } from '../../labs/schema.ts'
import type { Admission, Turn } from '../admission.ts'
import { Refusal } from './problems.ts'

/**
 * A processor for each: a machine that had less than three quarters of one under its load was too slow for its own clients, and its check is an
 * outage (labs/shop/criteria.ts). The other quarter is for the service, the app and the machines that nobody checks.
 */
export const checksAtOnce = (): number => os.availableParallelism()

/** Whoever asked waits five minutes for the answer (the app's fetch); the check itself wants some of it. */
const longestWaitMs = 240_000

/** @throws Refusal when it would wait for longer than whoever asked, and the signal's reason */
export async function inCheckLine<T>(
  admission: Admission,
  work: () => Promise<T>,
  { onWait, signal }: Required<Turn>,
): Promise<T> {
  const patience = AbortSignal.timeout(longestWaitMs)
  try {
    return await admission.check(work, { onWait, signal: AbortSignal.any([signal, patience]) })
  } catch (error) {
    throw error === patience.reason ? tooManyChecks() : error
  }
}

const tooManyChecks = (): Refusal =>
  new Refusal(503, {
    code: 'too-many-checks',
    message:
      'So many machines are being checked that the turn of this one did not come. Nothing was checked.',
    remedy: 'Check again in a few minutes.',
  })

/** @throws Refusal when nothing is graded there, the answers are not those that the lab asks for, or a check is under way */
export function refuseToCheck({ lab }: LabFolder, answers: Given | null, checking: boolean): void {
  if (lab.criteria.length === 0)
    throw new Refusal(409, {
      code: 'not-graded',
      message: 'Nothing is graded on this machine.',
      remedy: 'Start one of the labs for something to find and to mend.',
    })
  if (!formOf(lab).nullable().safeParse(answers).success)
    throw new Refusal(400, {
      code: 'other-form',
      message: 'These answers are not what this lab asks for.',
      remedy: 'Load the page again and fill in its form.',
    })
  if (checking)
    throw new Refusal(409, {
      code: 'already-checking',
      message: 'This machine is being checked already.',
      remedy: 'Wait for the verdict: it takes a few seconds, and longer while others are checked first.',
    })
}
