/** The machines at which learners of a cohort work now, each with the way to look at it. */
import type { Metadata } from 'next'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow, orNotFound } from '#/app/_server/cohort.ts'
import { labTitles } from '#/app/_server/titles.ts'
import { lookText as text } from '#/app/_text/en/people/look.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { MachineList } from '#/app/_ui/looking/MachineList.tsx'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
}

export default async function Machines({ params }: Props) {
  const { person, cohort } = await cohortNow((await params).id)
  const [machines, title] = await Promise.all([
    orNotFound((await classroom()).lookable(person, cohort.id)),
    labTitles(),
  ])
  return (
    <CohortFrame cohort={cohort} here="look">
      <p className="mt-8 max-w-[44rem] text-sm text-muted">{text.lead}</p>
      <MachineList cohort={cohort} machines={machines.map((one) => ({ ...one, title: title(one.lab) }))} />
    </CohortFrame>
  )
}
