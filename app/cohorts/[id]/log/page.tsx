/** The audit log of a cohort. */
import type { Metadata } from 'next'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow, orNotFound } from '#/app/_server/cohort.ts'
import type { Query } from '#/app/_server/note.ts'
import { logText as text } from '#/app/_text/en/people/log.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { LogList } from '#/app/_ui/cohort/LogList.tsx'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function CohortLog({ params, searchParams }: Props) {
  const { person, cohort } = await cohortNow((await params).id)
  const { before } = await searchParams
  const room = await classroom()
  const from = typeof before === 'string' ? before : undefined
  const entries = await orNotFound(room.auditOfCohort(person, cohort.id, from))
  return (
    <CohortFrame cohort={cohort} here="log">
      <p className="mt-8 max-w-[44rem] text-sm text-muted">{text.lead}</p>
      <LogList entries={entries} timeZone={cohort.timeZone} href={`/cohorts/${cohort.id}/log`} />
    </CohortFrame>
  )
}
