/** What opens when in a cohort. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow } from '#/app/_server/cohort.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { itemsNow } from '#/app/_server/titles.ts'
import { cohortText } from '#/app/_text/en/people/cohort.ts'
import { releaseText as text } from '#/app/_text/en/people/release.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { PacingForm } from '#/app/_ui/cohort/PacingForm.tsx'
import { ReleaseDates } from '#/app/_ui/cohort/ReleaseDates.tsx'
import { ReleaseHand } from '#/app/_ui/cohort/ReleaseHand.tsx'
import { Said } from '#/app/_ui/cohort/Said.tsx'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function ReleasePage({ params, searchParams }: Props) {
  const { person, cohort } = await cohortNow((await params).id)
  if (!cohort.may.release) notFound()
  const room = await classroom()
  const [releases, items] = await Promise.all([room.releases(person, cohort.id), itemsNow()])
  const part = { cohort, items, releases }
  return (
    <CohortFrame cohort={cohort} here="release">
      <Said note={await noteNow(searchParams)} words={cohortText.said} />
      {cohort.archivedAt === null && <PacingForm cohort={cohort} />}
      {cohort.pacing === 'dates' && <ReleaseDates {...part} />}
      {cohort.pacing === 'hand' && <ReleaseHand {...part} />}
      <p className="mt-8 text-sm text-muted">{text.staff}</p>
    </CohortFrame>
  )
}
