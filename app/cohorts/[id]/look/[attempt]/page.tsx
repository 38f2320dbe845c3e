/** A learner's terminals, for an instructor to look at and, once the learner agrees, to type in. */
import type { Metadata } from 'next'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow, orNotFound } from '#/app/_server/cohort.ts'
import { requirePerson } from '#/app/_server/person.ts'
import { labTitles } from '#/app/_server/titles.ts'
import { lookText as text } from '#/app/_text/en/people/look.ts'
import { Link } from '#/app/_ui/control/Link.tsx'
import { Header } from '#/app/_ui/frame/Header.tsx'
import { LookRoom } from '#/app/_ui/looking/LookRoom.tsx'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string; attempt: string }>
}

export default async function Look({ params }: Props) {
  const { id, attempt } = await params
  const person = await requirePerson()
  const room = await classroom()
  const [{ cohort }, look, titleOf] = await Promise.all([
    cohortNow(id),
    orNotFound(room.look(person, id, attempt)),
    labTitles(),
  ])
  return (
    <div className="bench-page">
      <Header
        wide
        where={
          <Link href={`/cohorts/${cohort.id}/look`} className="hover:text-ink hover:underline">
            {cohort.name}: {text.back}
          </Link>
        }
      />
      <LookRoom
        cohort={cohort.id}
        attempt={look.attempt}
        learner={look.learner.name}
        lab={titleOf(look.lab)}
        graded={look.graded}
      />
    </div>
  )
}
