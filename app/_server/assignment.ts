/** An assignment with its cohort as whoever asks sees them, or the page that says there is none. Knows no page. */
import 'server-only'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { AssignmentView } from '#/classroom/assignments/assignments.ts'
import type { DueWork } from '#/classroom/assignments/due.ts'
import type { Person } from '#/classroom/index.ts'
import type { CohortView } from '#/classroom/types.ts'
import { classroom } from './classroom.ts'
import { cohortNow, orNotFound } from './cohort.ts'
import { environment } from './environment.ts'
import { requireClassroomMode } from './form.ts'
import { labList } from './labs.ts'
import { requirePerson } from './person.ts'

export interface AssignmentNow {
  person: Person
  assignment: AssignmentView
  cohort: CohortView
}

export const assignmentNow = cache(async (id: string): Promise<AssignmentNow> => {
  requireClassroomMode()
  const assignment = await orNotFound((await classroom()).assignment(await requirePerson(), id))
  return { ...(await cohortNow(assignment.cohortId)), assignment }
})

/** What whoever asks still has to hand in; nothing where there are no cohorts. */
export async function dueNow(): Promise<DueWork[]> {
  if (environment().RINGSIDE_MODE !== 'classroom') return []
  return (await classroom()).dueWork(await requirePerson())
}

/** For who may change it; to anybody else the page does not exist. */
export async function changeableAssignment(id: string): Promise<AssignmentNow> {
  const now = await assignmentNow(id)
  if (!now.cohort.may.assign) notFound()
  return now
}

/** Labs by their titles, as a form offers them. */
export async function labChoices(): Promise<{ id: string; title: string }[]> {
  return (await labList()).map(({ id, title }) => ({ id, title }))
}

export const labTitles = async (): Promise<Map<string, string>> =>
  new Map((await labList()).map(({ id, title }) => [id, title]))
