/** Everybody in the house, for its owner: who may open cohorts. */
import type { Metadata } from 'next'
import { classroom } from '../_server/classroom.ts'
import { orNotFound } from '../_server/cohort.ts'
import { requireClassroomMode } from '../_server/form.ts'
import { noteNow, type Query } from '../_server/note.ts'
import { requirePerson } from '../_server/person.ts'
import { cohortText } from '../_text/en/people/cohort.ts'
import { Said } from '../_ui/cohort/Said.tsx'
import { Button } from '../_ui/control/Button.tsx'
import { Link } from '../_ui/control/Link.tsx'
import { Header } from '../_ui/frame/Header.tsx'

const text = cohortText.housePage

export const metadata: Metadata = { title: text.title }

export default async function House({ searchParams }: { searchParams: Query }) {
  requireClassroomMode()
  const people = await orNotFound((await classroom()).housePeople(await requirePerson()))
  return (
    <>
      <Header where={text.title} />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <h1 className="pt-10 font-serif text-[2rem] font-[480] leading-[1.1] tracking-[-0.02em] sm:text-[2.5rem]">
          {text.title}
        </h1>
        <p className="mt-3 max-w-[44rem]">{text.lead}</p>
        <p className="mt-2 text-sm">
          <Link href="/people/log" className="link">
            {text.log}
          </Link>
        </p>
        <Said note={await noteNow(searchParams)} words={cohortText.said} />
        <ul className="mt-8 border-t border-rule">
          {people.map(({ id, name, role, login, cohorts }) => (
            <li
              key={id}
              className="grid items-center gap-x-8 gap-y-1 border-b border-rule py-2 sm:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_minmax(0,2fr)_9rem]"
            >
              <p className="min-w-0 break-words font-medium">
                <bdi>{name}</bdi>
              </p>
              <p className="min-w-0 break-words text-sm text-muted">
                <bdi>{login ?? cohortText.member.noLogin}</bdi>
              </p>
              <p className="text-sm text-muted">{`${text.roles[role]} · ${text.cohorts(cohorts)}`}</p>
              {role !== 'owner' && (
                <form method="post" action="/api/people">
                  <input type="hidden" name="person" value={id} />
                  <input type="hidden" name="role" value={role === 'learner' ? 'instructor' : 'learner'} />
                  <Button
                    type="submit"
                    look="quiet"
                    aria-label={role === 'learner' ? text.appointOf(name) : text.dismissOf(name)}
                  >
                    {role === 'learner' ? text.appoint : text.dismiss}
                  </Button>
                </form>
              )}
            </li>
          ))}
        </ul>
      </main>
    </>
  )
}
