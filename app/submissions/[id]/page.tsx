/** The dispute view: one submission with all that was judged, what it was judged from, and its replay. For who teaches. */
import type { Metadata } from 'next'
import { labTitles } from '#/app/_server/assignment.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow, orNotFound } from '#/app/_server/cohort.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { requirePerson } from '#/app/_server/person.ts'
import { disputeText as text } from '#/app/_text/en/people/dispute.ts'
import { RefreshWhile } from '#/app/_ui/assignment/RefreshWhile.tsx'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { momentIn } from '#/app/_ui/cohort/dates.ts'
import { Link } from '#/app/_ui/control/Link.tsx'
import { ProblemNote } from '#/app/_ui/control/ProblemNote.tsx'
import { Answers } from '#/app/_ui/dispute/Answers.tsx'
import { Evidence } from '#/app/_ui/dispute/Evidence.tsx'
import { Judgements } from '#/app/_ui/dispute/Judgements.tsx'
import { ReplayLater } from '#/app/_ui/dispute/ReplayLater.tsx'
import { SetGrade } from '#/app/_ui/grades/SetGrade.tsx'
import { Work } from '#/app/_ui/workbench/Work.tsx'
import { toolsUsed } from '#/labs/work.ts'

export const metadata: Metadata = { title: text.title }

export default async function Dispute({ params }: { params: Promise<{ id: string }> }) {
  requireClassroomMode()
  const person = await requirePerson()
  const room = await classroom()
  const one = await orNotFound(room.dispute(person, (await params).id))
  const [{ cohort }, titles] = await Promise.all([cohortNow(one.assignment.cohortId), labTitles()])
  const { timeZone } = cohort
  const mayGrade = cohort.may.grade && cohort.archivedAt === null
  return (
    <CohortFrame cohort={cohort} here="grades">
      <p className="mt-8 text-sm">
        <Link href={`/cohorts/${cohort.id}/gradebook?assignment=${one.assignment.id}`} className="link">
          {text.back}
        </Link>
      </p>
      <h2 className="mt-3 break-words font-serif text-[1.75rem] font-medium leading-tight tracking-[-0.015em]">
        <bdi>{one.person.name}</bdi>
      </h2>
      <p className="mt-1">{text.of(titles.get(one.lab) ?? one.lab, one.assignment.title)}</p>
      <p className="figures mt-1 text-sm text-muted">
        {[
          text.at(momentIn(timeZone, one.submittedAt), timeZone),
          one.automatic ? text.automatic : '',
          text.hints(one.hints),
          text.seed(one.seed),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <RefreshWhile waiting={one.state === 'due'} />
      {one.state === 'due' && <p className="mt-4 border-l-2 border-track py-1 pl-4 text-sm">{text.due}</p>}
      {one.problem && <ProblemNote problem={one.problem} className="mt-4" />}
      {mayGrade && one.state !== 'due' && (
        <SetGrade
          submission={one.submission}
          assignment={one.assignment.id}
          judged={one.judgements[0] ?? null}
        />
      )}
      <div className="mt-10 grid gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Judgements judgements={one.judgements} timeZone={timeZone} />
        <div>
          <Answers answers={one.answers} />
          {one.work && (
            <Work work={{ ...one.work, tools: toolsUsed(one.work.commands), proof: null }} theirs />
          )}
        </div>
      </div>
      <section aria-labelledby="replay" className="mt-12">
        <h2 id="replay" className="caps text-muted">
          {text.replay.title}
        </h2>
        <p className="mt-3 max-w-[44rem] text-sm text-muted">{text.replay.lead}</p>
        {one.recordings === null && <p className="mt-3 text-sm">{text.replay.unknown}</p>}
        {one.recordings?.length === 0 && <p className="mt-3 text-sm">{text.replay.none}</p>}
        {one.recordings && one.recordings.length > 0 && (
          <ReplayLater submission={one.submission} recordings={one.recordings} />
        )}
      </section>
      <div className="mt-12">
        <Evidence submission={one.submission} evidence={one.evidence} />
      </div>
    </CohortFrame>
  )
}
