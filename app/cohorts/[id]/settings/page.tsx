/** A cohort's name and zone, its code to join, its copy, its archive. */
import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { cohortNow } from '#/app/_server/cohort.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { cohortText } from '#/app/_text/en/people/cohort.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { Deed } from '#/app/_ui/cohort/Deed.tsx'
import { Said } from '#/app/_ui/cohort/Said.tsx'
import { Field } from '#/app/_ui/form/Field.tsx'
import { Secret } from '#/app/_ui/form/Secret.tsx'
import type { CohortView } from '#/classroom/types.ts'

const text = cohortText.settings

export const metadata: Metadata = { title: cohortText.tabs.settings }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function CohortSettings({ params, searchParams }: Props) {
  const { cohort } = await cohortNow((await params).id)
  if (!cohort.may.change) notFound()
  return (
    <CohortFrame cohort={cohort} here="settings">
      <Said note={await noteNow(searchParams)} words={cohortText.said} />
      <div className="mt-8 grid gap-x-16 gap-y-12 lg:grid-cols-2">
        {cohort.archivedAt === null && (
          <>
            <Part title={text.title}>
              <Deed cohort={cohort.id} deed="change" word={text.save} className="space-y-4">
                <Field
                  label={cohortText.open.name}
                  name="name"
                  defaultValue={cohort.name}
                  maxLength={80}
                  required
                />
                <Field
                  label={cohortText.open.zone}
                  hint={cohortText.open.zoneHint}
                  name="timeZone"
                  defaultValue={cohort.timeZone}
                  autoComplete="off"
                  required
                />
              </Deed>
            </Part>
            <Part title={text.code}>
              <Code cohort={cohort} address={await addressNow()} />
            </Part>
          </>
        )}
        <Part title={text.copy} lead={text.copyLead}>
          <Deed cohort={cohort.id} deed="copy" word={text.copySubmit} className="space-y-4">
            <Field label={text.copyName} name="name" maxLength={80} autoComplete="off" required />
          </Deed>
        </Part>
        <Part title={text.archive} lead={cohort.archivedAt ? cohortText.isArchived : text.archiveLead}>
          {cohort.archivedAt ? (
            <Deed cohort={cohort.id} deed="unarchive" word={text.unarchive} />
          ) : (
            <Deed
              cohort={cohort.id}
              deed="archive"
              word={text.archiveSubmit}
              ask={{ question: text.archiveAsk, yes: text.archiveYes }}
            />
          )}
        </Part>
      </div>
    </CohortFrame>
  )
}

const Part = ({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) => (
  <section aria-label={title} className="max-w-[34rem]">
    <h2 className="caps text-muted">{title}</h2>
    {lead && <p className="mt-3 text-sm">{lead}</p>}
    <div className="mt-4">{children}</div>
  </section>
)

function Code({ cohort: { id, joinCode }, address }: { cohort: CohortView; address: string }) {
  if (joinCode === null) {
    return (
      <>
        <p className="mb-4 text-sm">{text.codeOff}</p>
        <Deed cohort={id} deed="code" word={text.turnOn} />
      </>
    )
  }
  return (
    <div className="space-y-4">
      <p className="text-sm">{text.codeOn}</p>
      <Secret text={joinCode} label={cohortText.secret.code} large />
      <Secret text={`${address}/join/${joinCode}`} label={cohortText.secret.join} />
      <div className="flex flex-wrap gap-3">
        <Deed cohort={id} deed="code" word={text.newCode} />
        <Deed cohort={id} deed="no-code" word={text.turnOff} />
      </div>
      <p className="text-sm text-muted">{text.codeNote}</p>
    </div>
  )
}

async function addressNow(): Promise<string> {
  const asked = await headers()
  const host = asked.get('x-forwarded-host') ?? asked.get('host') ?? ''
  return `${asked.get('x-forwarded-proto') ?? 'http'}://${host}`
}
