/** The audit log of the whole house, for its owner. */
import type { Metadata } from 'next'
import { classroom } from '#/app/_server/classroom.ts'
import { orNotFound } from '#/app/_server/cohort.ts'
import { requireClassroomMode } from '#/app/_server/form.ts'
import type { Query } from '#/app/_server/note.ts'
import { requirePerson } from '#/app/_server/person.ts'
import { logText as text } from '#/app/_text/en/people/log.ts'
import { LogList } from '#/app/_ui/cohort/LogList.tsx'
import { Header } from '#/app/_ui/frame/Header.tsx'

export const metadata: Metadata = { title: text.houseTitle }

export default async function HouseLog({ searchParams }: { searchParams: Query }) {
  requireClassroomMode()
  const { before } = await searchParams
  const room = await classroom()
  const from = typeof before === 'string' ? before : undefined
  const entries = await orNotFound(room.auditOfHouse(await requirePerson(), from))
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return (
    <>
      <Header where={text.houseTitle} />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <h1 className="pt-10 font-serif text-[2rem] font-[480] leading-[1.1] tracking-[-0.02em] sm:text-[2.5rem]">
          {text.houseTitle}
        </h1>
        <p className="mt-3 max-w-[44rem] text-sm text-muted">{text.lead}</p>
        <LogList entries={entries} timeZone={timeZone} href="/people/log" withCohort />
      </main>
    </>
  )
}
