/** The workshop room of a cohort: closed, the way to open it; open, the wall. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow } from '#/app/_server/cohort.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { labHintsNow, placesNow } from '#/app/_server/room/places.ts'
import { beforeText } from '#/app/_text/en/people/before.ts'
import { cohortText } from '#/app/_text/en/people/cohort.ts'
import { roomText as text } from '#/app/_text/en/people/room.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { Deed } from '#/app/_ui/cohort/Deed.tsx'
import { Said } from '#/app/_ui/cohort/Said.tsx'
import { Link } from '#/app/_ui/control/Link.tsx'
import { Wall } from '#/app/_ui/room/Wall.tsx'
import type { CohortView } from '#/classroom/types.ts'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function RoomPage({ params, searchParams }: Props) {
  const { person, cohort } = await cohortNow((await params).id)
  if (!cohort.may.room) notFound()
  const [led, note] = await Promise.all([(await classroom()).room(person, cohort.id), noteNow(searchParams)])
  return (
    <CohortFrame cohort={cohort} here="room" wide={led !== null}>
      <Said note={note} words={cohortText.said} />
      {led ? (
        <Wall
          cohort={cohort.id}
          places={await placesNow()}
          labs={cohort.may.lead ? await labHintsNow() : null}
        >
          {cohort.may.lead && <Close cohort={cohort.id} />}
        </Wall>
      ) : (
        <Closed cohort={cohort} />
      )}
    </CohortFrame>
  )
}

function Closed({ cohort }: { cohort: CohortView }) {
  const { lead, archived, open, wait } = text.closed
  const isLive = cohort.archivedAt === null
  return (
    <section aria-label={text.title} className="mt-8 max-w-[44rem]">
      <p className="font-serif text-[1.1875rem] leading-[1.55]">{isLive ? lead : archived}</p>
      {isLive && cohort.may.lead && (
        <Deed cohort={cohort.id} deed="open-room" look="primary" word={open} className="mt-5" />
      )}
      {isLive && (
        <Link href={`/cohorts/${cohort.id}/room/before`} className="link mt-5 inline-block">
          {beforeText.title}
        </Link>
      )}
      {isLive && !cohort.may.lead && <p className="mt-3 text-sm text-muted">{wait}</p>}
    </section>
  )
}

const Close = ({ cohort }: { cohort: string }) => (
  <section aria-label={text.close}>
    <Deed
      cohort={cohort}
      deed="close-room"
      word={text.close}
      ask={{ question: text.closeNote, yes: text.closeYes }}
    />
  </section>
)
