/** One's account: name, ways in, sessions, everything as an archive, deletion. */
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { classroom } from '../_server/classroom.ts'
import { environment } from '../_server/environment.ts'
import { noteNow, type Query } from '../_server/note.ts'
import { requirePerson, sessionCookie } from '../_server/person.ts'
import { accountText as text } from '../_text/en/people/account.ts'
import { PasswordForm } from '../_ui/account/PasswordForm.tsx'
import { Sessions } from '../_ui/account/Sessions.tsx'
import { Said } from '../_ui/cohort/Said.tsx'
import { Button } from '../_ui/control/Button.tsx'
import { Link } from '../_ui/control/Link.tsx'
import { Field } from '../_ui/form/Field.tsx'
import { Header } from '../_ui/frame/Header.tsx'

export const metadata: Metadata = { title: text.title }

export default async function Account({ searchParams }: { searchParams: Query }) {
  const person = await requirePerson()
  const room = await classroom()
  const session = (await cookies()).get(sessionCookie)?.value ?? ''
  const [account, sessions, note] = await Promise.all([
    room.account(person),
    room.sessions(person, session),
    noteNow(searchParams),
  ])
  const isClassroom = environment().RINGSIDE_MODE === 'classroom'
  return (
    <>
      <Header where={text.title} />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <h1 className="pt-10 font-serif text-[2rem] font-[480] leading-[1.1] tracking-[-0.02em] sm:text-[2.5rem]">
          {text.title}
        </h1>
        {isClassroom && (
          <p className="mt-3">
            <Link href="/cohorts" className="link">
              {text.cohorts}
            </Link>
          </p>
        )}
        <Said note={note} words={text.said} />
        <div className="mt-10 grid gap-x-16 gap-y-12 lg:grid-cols-2">
          <Part title={text.name}>
            <form method="post" action="/api/account/name" className="space-y-4">
              <Field
                label={text.name}
                hint={text.nameHint}
                name="name"
                defaultValue={account.name}
                autoComplete="name"
                maxLength={80}
                required
              />
              <Button type="submit">{text.save}</Button>
            </form>
          </Part>
          {isClassroom && (
            <Part title={text.signIn.title}>
              <PasswordForm account={account} typed={note?.fields.login} />
            </Part>
          )}
          <Part title={text.sessions.title}>
            <Sessions sessions={sessions} />
          </Part>
          <Part title={text.export.title} lead={text.export.lead}>
            <form method="post" action="/api/account/export">
              <Button type="submit">{text.export.submit}</Button>
            </form>
          </Part>
          <Part
            title={text.remove.title}
            lead={account.role === 'owner' ? text.remove.owner : text.remove.lead}
          >
            {account.role !== 'owner' && (
              <form method="post" action="/api/account/delete" className="space-y-4">
                <Field
                  label={text.remove.confirm(account.name)}
                  name="name"
                  autoComplete="off"
                  spellCheck={false}
                  required
                />
                <Button type="submit" look="danger">
                  {text.remove.submit}
                </Button>
              </form>
            )}
          </Part>
        </div>
      </main>
    </>
  )
}

const Part = ({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) => (
  <section aria-label={title} className="max-w-[34rem]">
    <h2 className="caps text-muted">{title}</h2>
    {lead && <p className="mt-3 text-sm">{lead}</p>}
    <div className="mt-4">{children}</div>
  </section>
)
