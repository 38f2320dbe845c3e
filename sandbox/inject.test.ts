/** In which order a machine becomes another lab's: whatever ends the service in the middle, no machine passes without work. No machine. */
import { expect, test } from 'vitest'
import { openCatalog } from '../labs/catalog.ts'
import { asInjected, inject } from './inject.ts'
import type { Link } from './link.ts'
import type { RunningMachine } from './machine.ts'

const catalog = await openCatalog()

test('a machine whose fault is being taken back is found again as the new lab’s, without before-figures', async () => {
  const memos = new Map([
    ['baseline', '{"of":"the old fault"}'],
    ['state', 'what stood there under the old fault'],
    ['traffic', 'started'],
    ['diagnosed', 'yes'],
  ])
  const link = {
    memoGet: async (name: string) => memos.get(name) ?? null,
    memoSet: async (name: string, text: string) => void memos.set(name, text),
  } as Partial<Link> as Link
  const [lab, other] = [catalog.get('accept-queue'), catalog.get('fd-limit')]
  const identity = { seed: 1, lab: 'accept-queue', started: new Date(0).toISOString() }
  const machine = {
    ...{ lab, identity, link, timings: {} },
    // The service is killed in here.
    runScript: () => Promise.reject(new Error('killed')),
  } as unknown as RunningMachine
  await expect(inject(machine, other, 7)).rejects.toThrow('killed')
  const found = await asInjected(machine, (id) => catalog.get(id))
  expect(found.identity).toMatchObject({ lab: 'fd-limit', seed: 7 })
  expect(found.lab.lab.meta.id).toBe('fd-limit')
  expect(Object.fromEntries(memos)).toMatchObject({ baseline: '', state: '', traffic: '', diagnosed: '' })
})
