/** Other terms for single learners: who has some, for who sees grades; the form for one of them, for who may give them. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { assignmentNow } from '#/app/_server/assignment.ts'
import { classroom } from '#/app/_server/classroom.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { assignmentText } from '#/app/_text/en/people/assignment.ts'
import { AssignmentFrame } from '#/app/_ui/assignment/AssignmentFrame.tsx'
import { ExtensionForm } from '#/app/_ui/assignment/ExtensionForm.tsx'
import { ExtensionRow } from '#/app/_ui/assignment/ExtensionRow.tsx'
import { Said } from '#/app/_ui/cohort/Said.tsx'
import { Button } from '#/app/_ui/control/Button.tsx'
import { Link } from '#/app/_ui/control/Link.tsx'
import { Field } from '#/app/_ui/form/Field.tsx'
import type { MemberView } from '#/classroom/types.ts'

const text = assignmentText.extension

export const metadata: Metadata = { title: assignmentText.extensions }

/** More are found by name. */
const shownAtMost = 50

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function Extensions({ params, searchParams }: Props) {
  const now = await assignmentNow((await params).id)
  const { person, assignment, cohort } = now
  if (!cohort.may.grades) notFound()
  const room = await classroom()
  const [given, members, note, query] = await Promise.all([
    room.extensions(person, assignment.id),
    room.members(person, cohort.id),
    noteNow(searchParams),
    searchParams,
  ])
  const learners = members.filter(({ role }) => role === 'learner')
  const asked = typeof query.q === 'string' ? query.q : ''
  const chosen = learners.find(({ id }) => id === query.person)
  const mayGive = cohort.may.assign && cohort.archivedAt === null
  return (
    <AssignmentFrame now={now} here="extensions">
      <Said note={note} words={assignmentText.said} />
      <p className="mt-6 max-w-[44rem] text-sm">{text.lead}</p>
      <div className="mt-8 grid gap-x-16 gap-y-12 lg:grid-cols-2">
        <section aria-labelledby="given">
          <h3 id="given" className="caps text-muted">
            {text.given}
          </h3>
          {given.length === 0 && <p className="mt-3 text-sm text-muted">{text.none}</p>}
          <ul className="mt-2">
            {given.map((one) => (
              <ExtensionRow
                key={one.personId}
                assignment={assignment.id}
                one={one}
                name={members.find(({ id }) => id === one.personId)?.name ?? ''}
                mayGive={mayGive}
              />
            ))}
          </ul>
        </section>
        {mayGive && (
          <section aria-labelledby="choose">
            <h3 id="choose" className="caps text-muted">
              {chosen ? text.titleOf(chosen.name) : text.choose}
            </h3>
            {chosen ? (
              <ExtensionForm
                key={chosen.id}
                assignment={assignment.id}
                person={{ id: chosen.id, name: chosen.name }}
                timeZone={assignment.timeZone}
                first={given.find(({ personId }) => personId === chosen.id) ?? null}
              />
            ) : (
              <Find learners={learners} asked={asked} />
            )}
          </section>
        )}
      </div>
    </AssignmentFrame>
  )
}

function Find({ learners, asked }: { learners: MemberView[]; asked: string }) {
  const wanted = asked.toLowerCase()
  const found = learners.filter(
    ({ name, login }) => name.toLowerCase().includes(wanted) || (login ?? '').includes(wanted),
  )
  return (
    <>
      <p className="mt-3 text-sm">{text.chooseLead}</p>
      <form className="mt-3 flex max-w-[30rem] items-end gap-3">
        <Field label={text.search} name="q" type="search" defaultValue={asked} className="min-w-0 flex-1" />
        <Button type="submit">{text.find}</Button>
      </form>
      {found.length === 0 && <p className="mt-3 text-sm text-muted">{text.nobody}</p>}
      {found.length > shownAtMost && (
        <p className="figures mt-3 text-sm text-muted">{text.most(shownAtMost, found.length)}</p>
      )}
      <ul className="mt-3 border-t border-rule">
        {found.slice(0, shownAtMost).map(({ id, name, login }) => (
          <li
            key={id}
            className="flex flex-wrap items-baseline justify-between gap-x-6 border-b border-rule py-2 text-sm"
          >
            <span className="min-w-0 break-words">
              <bdi>{name}</bdi> <span className="text-muted">{login}</span>
            </span>
            <Link href={`?person=${id}`} className="link" aria-label={text.of(name)}>
              {text.terms}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
