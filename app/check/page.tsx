/** Opened the day before a workshop, on the device that somebody will bring: what works of what it needs. */
import type { Metadata } from 'next'
import { requireClassroomMode } from '#/app/_server/form.ts'
import { requirePerson } from '#/app/_server/person.ts'
import { beforeText } from '#/app/_text/en/people/before.ts'
import { Header } from '#/app/_ui/frame/Header.tsx'
import { PageTitle } from '#/app/_ui/frame/PageTitle.tsx'
import { DeviceCheck } from '#/app/_ui/room/before/DeviceCheck.tsx'

const text = beforeText.page

export const metadata: Metadata = { title: text.title }

export default async function CheckPage() {
  requireClassroomMode()
  await requirePerson()
  return (
    <>
      <Header />
      <main id="content" className="mx-auto max-w-[80rem] px-4 pb-24 sm:px-8">
        <PageTitle>{text.title}</PageTitle>
        <p className="mt-5 max-w-[44rem] font-serif text-[1.1875rem] leading-[1.55]">{text.lead}</p>
        <DeviceCheck />
      </main>
    </>
  )
}
