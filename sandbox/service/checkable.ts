/** What has to be so before a machine is checked. Knows no machine. */
import type { LabFolder } from '../../labs/folder.ts'
import { formOf, type Given } from '../../labs/schema.ts'
import { Refusal } from './problems.ts'

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
      remedy: 'Wait for the verdict; it takes a few seconds.',
    })
}
