/** Judging again: an assignment, one lab of it, or one submission. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { assignmentNow, labTitles } from '#/app/_server/assignment.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { orNotFound } from '#/app/_server/cohort.ts'
import type { Query } from '#/app/_server/note.ts'
import { gradesText } from '#/app/_text/en/people/grades.ts'
import { AssignmentFrame } from '#/app/_ui/assignment/AssignmentFrame.tsx'
import { RegradeForm } from '#/app/_ui/grades/RegradeForm.tsx'

const text = gradesText.regrading

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function Regrade({ params, searchParams }: Props) {
  const now = await assignmentNow((await params).id)
  const { person, assignment, cohort } = now
  if (!cohort.may.grade || cohort.archivedAt !== null) notFound()
  const [{ submission }, titles, room] = await Promise.all([searchParams, labTitles(), classroom()])
  const one = typeof submission === 'string' ? await orNotFound(room.dispute(person, submission)) : null
  if (one && one.assignment.id !== assignment.id) notFound()
  return (
    <AssignmentFrame now={now} here="regrade">
      <p className="mt-6 max-w-[44rem] text-sm">{text.lead}</p>
      <RegradeForm
        key={one?.submission ?? 'all'}
        assignment={assignment.id}
        labs={assignment.labs.map(({ lab }) => ({ id: lab, title: titles.get(lab) ?? lab }))}
        one={one && { submission: one.submission, name: one.person.name }}
      />
    </AssignmentFrame>
  )
}
