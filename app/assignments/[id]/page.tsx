/** An assignment as its learner sees it. Who teaches sees the same without a work of their own. */
import type { Metadata } from 'next'
import { assignmentNow, labTitles } from '#/app/_server/assignment.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { assignmentText } from '#/app/_text/en/people/assignment.ts'
import { workText as text } from '#/app/_text/en/people/work.ts'
import { Dates } from '#/app/_ui/assignment/Dates.tsx'
import { MyLab } from '#/app/_ui/assignment/MyLab.tsx'
import { RefreshWhile } from '#/app/_ui/assignment/RefreshWhile.tsx'
import { Rules } from '#/app/_ui/assignment/Rules.tsx'
import { totalWords } from '#/app/_ui/assignment/total.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { Said } from '#/app/_ui/cohort/Said.tsx'
import { Link } from '#/app/_ui/control/Link.tsx'
import { Markdown } from '#/app/_ui/markdown/Markdown.tsx'
import type { MyLab as Mine } from '#/classroom/assignments/mine.ts'

export const metadata: Metadata = { title: assignmentText.title }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function AssignmentPage({ params, searchParams }: Props) {
  const { person, assignment, cohort } = await assignmentNow((await params).id)
  const room = await classroom()
  const [mine, titles, note] = await Promise.all([
    room.myAssignment(person, assignment.id),
    labTitles(),
    noteNow(searchParams),
  ])
  const isLearner = cohort.role === 'learner'
  const weights = mine.labs.reduce((sum, { weight }) => sum + weight, 0)
  return (
    <CohortFrame cohort={cohort} here="assignments">
      <p className="mt-8 text-sm">
        <Link href={`/cohorts/${cohort.id}/assignments`} className="link">
          {text.back}
        </Link>
      </p>
      <div className="mt-3 flex flex-wrap items-baseline justify-between gap-x-10 gap-y-2">
        <h2 className="min-w-0 break-words font-serif text-[1.75rem] font-medium leading-tight tracking-[-0.015em]">
          {assignment.title}
        </h2>
        {isLearner && !mine.excused && (
          <p className="figures text-[1.125rem] font-medium">
            <span className="sr-only">{text.totalLabel}: </span>
            {totalWords(mine.total)}
          </p>
        )}
      </div>
      <Said note={note} words={assignmentText.said} />
      <RefreshWhile waiting={mine.labs.some(isDue)} />
      {!isLearner && <p className="mt-3 text-sm text-muted">{text.staff}</p>}
      {mine.excused && <p className="mt-4 border-l-2 border-track py-1 pl-4">{text.excused}</p>}
      <div className="mt-6 grid gap-x-16 gap-y-8 lg:grid-cols-2">
        <div className="space-y-5">
          <Dates timeZone={assignment.timeZone} releaseAt={assignment.moments.releaseAt} dates={mine.dates} />
          {assignment.text !== '' && (
            <div className="ticket max-w-[44rem]">
              <Markdown source={assignment.text} />
            </div>
          )}
        </div>
        <Rules mine={mine} />
      </div>
      <div className="mt-10">
        {mine.labs.map((one) => (
          <MyLab
            key={one.lab}
            assignment={assignment.id}
            title={titles.get(one.lab) ?? one.lab}
            timeZone={assignment.timeZone}
            mine={one}
            weight={mine.labs.length > 1 ? one.weight / weights : null}
            mayWork={isLearner && cohort.archivedAt === null}
          />
        ))}
      </div>
    </CohortFrame>
  )
}

const isDue = ({ submissions }: Mine): boolean => submissions.some(({ state }) => state === 'due')
