/** A cohort as whoever asks sees it, or the page that says there is none. Knows no page. */
import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { type Person, Refusal } from '#/classroom/index.ts'
import type { CohortView } from '#/classroom/types.ts'
import { classroom } from './classroom.ts'
import { requireClassroomMode } from './form.ts'
import { requirePerson } from './person.ts'

export const cohortNow = cache(async (id: string): Promise<{ person: Person; cohort: CohortView }> => {
  requireClassroomMode()
  const person = await requirePerson()
  const cohort = await orNotFound((await classroom()).cohort(person, id))
  return { person, cohort }
})

/** What is refused as unknown is shown as unknown. */
export async function orNotFound<T>(work: Promise<T>): Promise<T> {
  return work.catch((error) => {
    if (error instanceof Refusal && error.status === 404) notFound()
    throw error
  })
}
