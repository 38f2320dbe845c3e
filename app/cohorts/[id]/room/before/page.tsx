/** Before a workshop: seats that are ready in time, and whose device has trouble. */
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow } from '#/app/_server/cohort.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { itemsNow } from '#/app/_server/titles.ts'
import { beforeText as text } from '#/app/_text/en/people/before.ts'
import { cohortText } from '#/app/_text/en/people/cohort.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { Said } from '#/app/_ui/cohort/Said.tsx'
import { Link } from '#/app/_ui/control/Link.tsx'
import { Secret } from '#/app/_ui/form/Secret.tsx'
import { DeviceList } from '#/app/_ui/room/before/DeviceList.tsx'
import { Seats } from '#/app/_ui/room/before/Seats.tsx'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function BeforePage({ params, searchParams }: Props) {
  const { person, cohort } = await cohortNow((await params).id)
  if (!cohort.may.room) notFound()
  const room = await classroom()
  const [seats, devices, items, note] = await Promise.all([
    // A service that is away keeps nobody from the list of devices.
    cohort.may.lead ? room.seats(person, cohort.id).catch(() => null) : [],
    room.deviceChecks(person, cohort.id),
    itemsNow(),
    noteNow(searchParams),
  ])
  const labs = items.filter(({ kind }) => kind === 'lab')
  return (
    <CohortFrame cohort={cohort} here="room">
      <p className="mt-6 flex flex-wrap items-baseline justify-between gap-x-6">
        <span className="font-serif text-[1.375rem] font-medium tracking-[-0.012em]">{text.title}</span>
        <Link href={`/cohorts/${cohort.id}/room`} className="link text-sm">
          {text.back}
        </Link>
      </p>
      <Said note={note} words={cohortText.said} />
      {cohort.may.lead && <Seats cohort={cohort} seats={seats} labs={labs} typed={note?.fields ?? {}} />}
      <div className="mt-12">
        <h2 id="devices" className="caps text-muted">
          {text.list.title}
        </h2>
        <p className="mb-4 mt-3 max-w-[44rem] text-sm">{text.list.lead}</p>
        <Secret text={`${await addressNow()}/check`} label={text.list.address} />
        <DeviceList devices={devices} timeZone={cohort.timeZone} />
      </div>
    </CohortFrame>
  )
}

async function addressNow(): Promise<string> {
  const asked = await headers()
  const host = asked.get('x-forwarded-host') ?? asked.get('host') ?? ''
  return `${asked.get('x-forwarded-proto') ?? 'http'}://${host}`
}
