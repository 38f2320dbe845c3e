/** The editor of an assignment that is not there yet. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { labChoices } from '#/app/_server/assignment.ts'
import { cohortNow } from '#/app/_server/cohort.ts'
import { assignmentText as text } from '#/app/_text/en/people/assignment.ts'
import { AssignmentForm } from '#/app/_ui/assignment/AssignmentForm.tsx'
import { emptyTyped } from '#/app/_ui/assignment/typed.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'

export const metadata: Metadata = { title: text.makeTitle }

export default async function NewAssignment({ params }: { params: Promise<{ id: string }> }) {
  const { cohort } = await cohortNow((await params).id)
  if (!cohort.may.assign || cohort.archivedAt !== null) notFound()
  return (
    <CohortFrame cohort={cohort} here="assignments">
      <h2 className="mt-8 font-serif text-[1.625rem] font-medium leading-tight tracking-[-0.015em]">
        {text.makeTitle}
      </h2>
      <AssignmentForm
        action={`/api/cohorts/${cohort.id}/assignments`}
        first={emptyTyped}
        timeZone={cohort.timeZone}
        labs={await labChoices()}
        version={null}
      />
    </CohortFrame>
  )
}
