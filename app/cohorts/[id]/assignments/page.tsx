/** The assignments of a cohort: all of them for who teaches in it, one's own for who learns. */
import type { Metadata } from 'next'
import { labTitles } from '#/app/_server/assignment.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow } from '#/app/_server/cohort.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { assignmentText as text } from '#/app/_text/en/people/assignment.ts'
import { AssignmentRow } from '#/app/_ui/assignment/AssignmentRow.tsx'
import { MyRow } from '#/app/_ui/assignment/MyRow.tsx'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { Said } from '#/app/_ui/cohort/Said.tsx'
import { buttonClass } from '#/app/_ui/control/Button.tsx'
import { Link } from '#/app/_ui/control/Link.tsx'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function CohortAssignments({ params, searchParams }: Props) {
  const { person, cohort } = await cohortNow((await params).id)
  const room = await classroom()
  if (cohort.role === 'learner') {
    const [mine, titles] = await Promise.all([room.myAssignments(person, cohort.id), labTitles()])
    return (
      <CohortFrame cohort={cohort} here="assignments">
        {mine.length === 0 && <p className="mt-8 text-muted">{text.empty}</p>}
        {mine.length > 0 && (
          <ul className="mt-8 border-t border-rule">
            {mine.map((one) => (
              <MyRow key={one.assignment.id} mine={one} titles={titles} />
            ))}
          </ul>
        )}
      </CohortFrame>
    )
  }
  const [assignments, note] = await Promise.all([room.assignments(person, cohort.id), noteNow(searchParams)])
  return (
    <CohortFrame cohort={cohort} here="assignments">
      <Said note={note} words={text.said} />
      {cohort.may.assign && cohort.archivedAt === null && (
        <p className="mt-8">
          <Link href={`/cohorts/${cohort.id}/assignments/new`} className={buttonClass('primary')}>
            {text.make}
          </Link>
        </p>
      )}
      {assignments.length === 0 && <p className="mt-8 text-muted">{text.empty}</p>}
      {assignments.length > 0 && (
        <ul className="mt-8 border-t border-rule">
          {assignments.map((one) => (
            <AssignmentRow key={one.id} cohort={cohort} assignment={one} />
          ))}
        </ul>
      )}
    </CohortFrame>
  )
}
