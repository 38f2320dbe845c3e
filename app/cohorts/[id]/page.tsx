/** A cohort: its people for who teaches in it, and the way to the course for who learns. */
import type { Metadata } from 'next'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow } from '#/app/_server/cohort.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { cohortText as text } from '#/app/_text/en/people/cohort.ts'
import { AddPerson } from '#/app/_ui/cohort/AddPerson.tsx'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { Invitations } from '#/app/_ui/cohort/Invitations.tsx'
import { MemberRow } from '#/app/_ui/cohort/MemberRow.tsx'
import { Said } from '#/app/_ui/cohort/Said.tsx'
import { Button } from '#/app/_ui/control/Button.tsx'
import { Link } from '#/app/_ui/control/Link.tsx'
import { Field } from '#/app/_ui/form/Field.tsx'
import type { MemberView } from '#/classroom/types.ts'

export const metadata: Metadata = { title: text.title }

/** More are found by name: a page with thousands of forms helps nobody. */
const shownAtMost = 200

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function CohortPeople({ params, searchParams }: Props) {
  const { person, cohort } = await cohortNow((await params).id)
  if (!cohort.may.people) {
    return (
      <CohortFrame cohort={cohort} here="people">
        <p className="mt-8">{text.learner}</p>
        <Link href="/course" className="link mt-3 inline-block">
          {text.course}
        </Link>
      </CohortFrame>
    )
  }
  const room = await classroom()
  const [all, invitations, note, { q }] = await Promise.all([
    room.members(person, cohort.id),
    cohort.may.enroll ? room.openInvitations(person, cohort.id) : [],
    noteNow(searchParams),
    searchParams,
  ])
  const asked = typeof q === 'string' ? q : ''
  const found = all.filter((member) => isFound(member, asked.toLowerCase()))
  const shown = found.slice(0, shownAtMost)
  return (
    <CohortFrame cohort={cohort} here="people">
      <Said note={note} words={text.said} secret={text.secret.link} />
      {(all.length > 20 || asked) && (
        <form className="mt-6 flex max-w-[30rem] items-end gap-3">
          <Field
            label={text.member.search}
            name="q"
            type="search"
            defaultValue={asked}
            className="min-w-0 flex-1"
          />
          <Button type="submit">{text.member.find}</Button>
        </form>
      )}
      {shown.length < all.length && (
        <p className="figures mt-3 text-sm text-muted">{text.member.found(shown.length, all.length)}</p>
      )}
      <ul className="mt-6 border-t border-rule">
        {shown.map((member) => (
          <MemberRow key={member.id} cohort={cohort} member={member} />
        ))}
      </ul>
      {cohort.may.enroll && cohort.archivedAt === null && (
        <div className="mt-12 grid gap-x-16 gap-y-12 lg:grid-cols-2">
          <AddPerson cohort={cohort.id} typed={note?.fields ?? {}} />
          <Invitations cohort={cohort} open={invitations} waiting={all.some(({ ready }) => !ready)} />
        </div>
      )}
    </CohortFrame>
  )
}

const isFound = ({ name, login }: MemberView, asked: string): boolean =>
  name.toLowerCase().includes(asked) || (login ?? '').includes(asked)
