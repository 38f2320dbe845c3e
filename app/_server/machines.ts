/** The machines of one person that run now, the playground's among them. A service that does not answer means none: nobody is kept from reading. */
import 'server-only'
import { cache } from 'react'
import type { Person } from '#/classroom/index.ts'
import { playgroundId } from '#/labs/playground/id.ts'
import { playgroundMeta } from '#/labs/playground/meta.ts'
import type { Machine } from '../_ui/line/RunLine.tsx'
import { classroom } from './classroom.ts'
import { labList } from './labs.ts'
import { requirePerson } from './person.ts'

/** Those of whoever asks, once per request. */
export const machinesNow = cache(async (): Promise<Machine[]> => machinesOf(await requirePerson()))

async function machinesOf(person: Person): Promise<Machine[]> {
  const room = await classroom()
  const labs = [...(await labList()), playgroundMeta]
  const attempts = await Promise.all(labs.map(({ id }) => room.currentAttempt(person, id).catch(() => null)))
  const running = attempts.flatMap((attempt) =>
    attempt?.state === 'running' && attempt.sandbox ? [attempt] : [],
  )
  return running
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
    .map(({ id, lab }) => ({
      attempt: id,
      title: labs.find((meta) => meta.id === lab)?.title ?? lab,
      href: lab === playgroundId ? '/playground' : `/labs/${lab}`,
    }))
}
