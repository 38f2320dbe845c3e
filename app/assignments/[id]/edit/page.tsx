/** The editor of an assignment, and publishing or deleting it. */
import type { Metadata } from 'next'
import { changeableAssignment, labChoices } from '#/app/_server/assignment.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { assignmentText as text } from '#/app/_text/en/people/assignment.ts'
import { AssignmentDeed } from '#/app/_ui/assignment/AssignmentDeed.tsx'
import { AssignmentForm } from '#/app/_ui/assignment/AssignmentForm.tsx'
import { AssignmentFrame } from '#/app/_ui/assignment/AssignmentFrame.tsx'
import { typedOf } from '#/app/_ui/assignment/typed.ts'
import { Said } from '#/app/_ui/cohort/Said.tsx'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function EditAssignment({ params, searchParams }: Props) {
  const now = await changeableAssignment((await params).id)
  const { assignment, cohort } = now
  const [note, { said }, labs] = await Promise.all([noteNow(searchParams), searchParams, labChoices()])
  const isLive = cohort.archivedAt === null
  return (
    <AssignmentFrame now={now} here="edit">
      <Said note={note} words={text.said} />
      {said === 'made' && assignment.publishedAt === null && (
        <p role="status" className="mt-6 text-sm">
          {text.said.made}
        </p>
      )}
      {assignment.publishedAt === null && isLive && (
        <AssignmentDeed
          assignment={assignment.id}
          deed="publish"
          word={text.publish}
          note={text.publishNote}
          look="primary"
        />
      )}
      {assignment.begun && (
        <p className="mt-6 max-w-[44rem] border-l-2 border-track py-1 pl-4 text-sm">{text.changeBegun}</p>
      )}
      {isLive && (
        <AssignmentForm
          key={assignment.id}
          action={`/api/assignments/${assignment.id}`}
          first={typedOf(assignment)}
          timeZone={assignment.timeZone}
          labs={labs}
          version={assignment.version}
        />
      )}
      {isLive && !assignment.begun && (
        <AssignmentDeed
          assignment={assignment.id}
          deed="delete"
          word={text.delete}
          note={text.deleteNote}
          look="danger"
        />
      )}
    </AssignmentFrame>
  )
}
