/** The roster of a cohort, from a file. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cohortNow } from '#/app/_server/cohort.ts'
import { cohortText } from '#/app/_text/en/people/cohort.ts'
import { rosterText as text } from '#/app/_text/en/people/roster.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { RosterForm } from '#/app/_ui/cohort/RosterForm.tsx'

export const metadata: Metadata = { title: text.title }

export default async function RosterPage({ params }: { params: Promise<{ id: string }> }) {
  const { cohort } = await cohortNow((await params).id)
  if (!cohort.may.enroll) notFound()
  return (
    <CohortFrame cohort={cohort} here="roster">
      <p className="mt-8 max-w-[44rem]">{text.lead}</p>
      <h2 className="caps mt-6 text-muted">{text.exampleTitle}</h2>
      <pre className="mt-2 whitespace-pre-wrap break-words font-mono text-[0.8125rem] leading-6">
        {text.example}
      </pre>
      <div className="mt-8">
        {cohort.archivedAt ? <p>{cohortText.isArchived}</p> : <RosterForm cohort={cohort.id} />}
      </div>
    </CohortFrame>
  )
}
