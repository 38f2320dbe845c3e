/** The gradebook of a cohort. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { labTitles } from '#/app/_server/assignment.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow } from '#/app/_server/cohort.ts'
import { filterOf } from '#/app/_server/gradebook.ts'
import type { Query } from '#/app/_server/note.ts'
import { gradesText as text } from '#/app/_text/en/people/grades.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { Gradebook } from '#/app/_ui/grades/Gradebook.tsx'
import { toWire } from '#/app/_ui/grades/wire.ts'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function GradebookPage({ params, searchParams }: Props) {
  const { person, cohort } = await cohortNow((await params).id)
  if (!cohort.may.grades) notFound()
  const query = await searchParams
  const { asked, filter } = filterOf((name) => (typeof query[name] === 'string' ? query[name] : ''))
  const room = await classroom()
  const [page, titles] = await Promise.all([room.gradebook(person, cohort.id, filter), labTitles()])
  const shown = new Set(page.columns.flatMap(({ labs }) => labs.map(({ lab }) => lab)))
  return (
    <CohortFrame cohort={cohort} here="grades">
      {page.columns.length === 0 ? (
        <p className="mt-8 text-muted">{text.empty}</p>
      ) : (
        <>
          <p className="mt-6 text-sm">
            <a href={`/api/cohorts/${cohort.id}/gradebook/csv`} className="link" download>
              {text.csv}
            </a>
          </p>
          <Gradebook
            cohort={cohort.id}
            timeZone={cohort.timeZone}
            first={toWire(page)}
            filter={asked}
            titles={Object.fromEntries([...titles].filter(([id]) => shown.has(id)))}
            mayGrade={cohort.may.grade && cohort.archivedAt === null}
          />
        </>
      )}
    </CohortFrame>
  )
}
