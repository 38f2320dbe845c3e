/** The machines of one person that run now, the playground's among them. A service that does not answer means none: nobody is kept from reading. */
import 'server-only'
import { cache } from 'react'
import type { AttemptView } from '#/classroom/types.ts'
import { playgroundId } from '#/labs/playground/id.ts'
import { playgroundMeta } from '#/labs/playground/meta.ts'
import type { Machine } from '../_ui/line/RunLine.tsx'
import { classroom } from './classroom.ts'
import { labList } from './labs.ts'
import { requirePerson } from './person.ts'

/** Open attempts of whoever asks, the newest first, once per request. */
export const attemptsNow = cache(async (): Promise<AttemptView[]> => {
  const person = await requirePerson()
  return (await classroom()).openAttempts(person).catch(() => [])
})

/** Machines of whoever asks that a line can be typed into. */
export const machinesNow = cache(async (): Promise<Machine[]> => {
  const [attempts, labs] = await Promise.all([attemptsNow(), labList()])
  const titles = new Map([...labs, playgroundMeta].map(({ id, title }) => [id, title]))
  return attempts
    .filter(({ state, sandbox }) => state === 'running' && sandbox !== null)
    .map(({ id, lab, assignment }) => ({
      attempt: id,
      title: titles.get(lab) ?? lab,
      href: placeOf(lab, assignment),
    }))
})

/** Where one works on it. */
function placeOf(lab: string, assignment: string | null): string {
  if (assignment !== null) return `/assignments/${assignment}/${lab}`
  return lab === playgroundId ? '/playground' : `/labs/${lab}`
}
