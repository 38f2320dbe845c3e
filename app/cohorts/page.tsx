/** The cohorts that somebody is in, and opening one for who may. */
import type { Metadata } from 'next'
import { dueNow } from '../_server/assignment.ts'
import { classroom } from '../_server/classroom.ts'
import { requireClassroomMode } from '../_server/form.ts'
import { noteNow, type Query } from '../_server/note.ts'
import { requirePerson } from '../_server/person.ts'
import { cohortText as text } from '../_text/en/people/cohort.ts'
import { DueList } from '../_ui/assignment/DueList.tsx'
import { Said } from '../_ui/cohort/Said.tsx'
import { Button } from '../_ui/control/Button.tsx'
import { Link } from '../_ui/control/Link.tsx'
import { Field } from '../_ui/form/Field.tsx'
import { Header } from '../_ui/frame/Header.tsx'
import { PageTitle } from '../_ui/frame/PageTitle.tsx'

export const metadata: Metadata = { title: text.title }

export default async function Cohorts({ searchParams }: { searchParams: Query }) {
  requireClassroomMode()
  const person = await requirePerson()
  const room = await classroom()
  const [cohorts, due, note] = await Promise.all([room.cohorts(person), dueNow(), noteNow(searchParams)])
  return (
    <>
      <Header where={text.title} />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <PageTitle>{text.title}</PageTitle>
        <p className="mt-5 max-w-[44rem] font-serif text-[1.1875rem] leading-[1.55]">{text.lead}</p>
        <p className="mt-3 flex flex-wrap gap-x-5 text-sm text-muted">
          <Link href="/join" className="link">
            {text.join}
          </Link>
          {person.role === 'owner' && (
            <Link href="/people" className="link">
              {text.house}
            </Link>
          )}
        </p>
        <Said note={note} words={text.said} />
        <DueList works={due} className="mt-10" />
        {cohorts.length === 0 && <p className="mt-10 text-muted">{text.empty}</p>}
        <ul className="mt-10 border-t border-rule">
          {cohorts.map((cohort) => (
            <li key={cohort.id} className="flex flex-wrap items-baseline gap-x-6 border-b border-rule py-4">
              <Link
                href={`/cohorts/${cohort.id}`}
                className="font-serif text-[1.375rem] font-medium tracking-[-0.012em] decoration-amber decoration-2 underline-offset-4 hover:underline"
              >
                {cohort.name}
              </Link>
              <p className="text-sm text-muted">
                {[
                  cohort.role === 'none' ? '' : text.roles[cohort.role as keyof typeof text.roles],
                  cohort.people === null ? '' : text.people(cohort.people),
                  cohort.archivedAt ? text.archived : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </li>
          ))}
        </ul>
        {room.mayOpenCohorts(person) && (
          <section aria-labelledby="open" className="mt-14 max-w-[30rem]">
            <h2 id="open" className="caps text-muted">
              {text.open.title}
            </h2>
            <form method="post" action="/api/cohorts" className="mt-4 space-y-5">
              <Field
                label={text.open.name}
                hint={text.open.nameHint}
                name="name"
                defaultValue={note?.fields.name}
                maxLength={80}
                required
              />
              <Field
                label={text.open.zone}
                hint={text.open.zoneHint}
                name="timeZone"
                defaultValue={note?.fields.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}
                autoComplete="off"
                required
              />
              <Button type="submit" look="primary">
                {text.open.submit}
              </Button>
            </form>
          </section>
        )}
      </main>
    </>
  )
}
