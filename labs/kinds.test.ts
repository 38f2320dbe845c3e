import { expect, test } from 'vitest'
import { openCatalog } from './catalog.ts'
import { kindAt, seedOfKind } from './kinds.ts'
import { playgroundId } from './playground/id.ts'

const catalog = await openCatalog()
const lab = (id: string) => catalog.get(id).lab
const kind = (id: string, seed = 1) => kindAt(lab(id), seed)

test('faults fit where the machines come from one template, and nowhere else', () => {
  expect(kind('fd-limit')).toBe(kind('syn-flood'))
  expect(kind('silent-drop')).toBe(kind('conntrack-full'))
  expect(kind('ring-overflow')).toBe(kind('softnet-backlog'))
  const families = ['fd-limit', 'silent-drop', 'ring-overflow', 'irq-one-core', playgroundId]
  expect(new Set(families.map((id) => kind(id))).size).toBe(families.length)
})

test('a lab whose variants differ in their machine has a seed for each of them', () => {
  const seed = seedOfKind(lab('accept-queue'), kind('fd-limit'), 1_000)
  expect(seed).toBeGreaterThanOrEqual(1_000)
  expect(kind('accept-queue', seed ?? 0)).toBe(kind('fd-limit'))
  expect(seedOfKind(lab('fd-limit'), kind('silent-drop'), 0)).toBeNull()
})
