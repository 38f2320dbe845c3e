import { expect, test } from 'vitest'
import { whereAt } from './where.ts'

const itemAt = (path: string) => whereAt(path).item

test('a page is a chapter, a lab, the playground, or nowhere in the course', () => {
  expect(itemAt('/chapters/nic')).toBe('chapter:nic')
  expect(itemAt('/labs/accept-queue')).toBe('lab:accept-queue')
  expect(itemAt('/playground')).toBe('playground')
  expect(itemAt('/assignments/0197f7b0-0000-7000-8000-000000000000/accept-queue')).toBe('lab:accept-queue')
  expect(itemAt('/assignments/0197f7b0-0000-7000-8000-000000000000/edit')).toBeNull()
  for (const path of ['/', '', '/course', '/labs', '/labs/../x', '/labs/A', `/labs/${'a'.repeat(65)}`, 'x'])
    expect(itemAt(path)).toBeNull()
})

test('the page of an assignment says whose work it is, and no other page does', () => {
  const id = '0197f7b0-0000-7000-8000-000000000000'
  expect(whereAt(`/assignments/${id}/accept-queue`)).toEqual({ item: 'lab:accept-queue', assignment: id })
  for (const path of ['/labs/accept-queue', '/chapters/nic', '/playground', `/assignments/${id}/edit`])
    expect(whereAt(path).assignment).toBeNull()
})
