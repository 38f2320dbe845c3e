/** The machines at which learners of a cohort work now: each to be looked at, and all to be broken in a new way. */
import type { Metadata } from 'next'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow, orNotFound } from '#/app/_server/cohort.ts'
import { noteNow, type Query } from '#/app/_server/note.ts'
import { labTitles } from '#/app/_server/titles.ts'
import { injectText } from '#/app/_text/en/people/inject.ts'
import { lookText as text } from '#/app/_text/en/people/look.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { Said } from '#/app/_ui/cohort/Said.tsx'
import { InjectForm, InjectionList } from '#/app/_ui/looking/InjectForm.tsx'
import { MachineList } from '#/app/_ui/looking/MachineList.tsx'
import { Refresh } from '#/app/_ui/looking/Refresh.tsx'
import { TerminalAhead } from '#/app/_ui/looking/TerminalAhead.tsx'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
  searchParams: Query
}

export default async function Machines({ params, searchParams }: Props) {
  const { person, cohort } = await cohortNow((await params).id)
  const room = await classroom()
  const [found, choices, injected, title, note] = await Promise.all([
    orNotFound(room.lookable(person, cohort.id)),
    cohort.may.inject ? room.injectable(person, cohort.id) : [],
    cohort.may.inject ? room.injections(person, cohort.id) : [],
    labTitles(),
    noteNow(searchParams),
  ])
  const titled = <T extends { lab: string }>(all: T[]) =>
    all.map((one) => ({ ...one, title: title(one.lab) }))
  const machines = titled(found)
  return (
    <CohortFrame cohort={cohort} here="look">
      <Said note={note} words={{ begun: injectText.begun }} />
      <p className="mt-8 max-w-[44rem] text-sm text-muted">{text.lead}</p>
      <MachineList cohort={cohort} machines={machines} />
      {machines.length > 0 && <TerminalAhead />}
      {cohort.may.inject && machines.length > 0 && (
        <InjectForm cohort={cohort.id} choices={titled(choices)} machines={machines} />
      )}
      <InjectionList all={titled(injected)} />
      {injected.some(({ state }) => state === 'asked') && <Refresh everyMs={2_000} />}
    </CohortFrame>
  )
}
