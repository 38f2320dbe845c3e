import { expect, test } from 'vitest'
import { homework } from './testing/assigned.ts'
import { lab, testClassroom } from './testing/classroom.ts'

const zone = 'Europe/Berlin'

async function paced(house: Awaited<ReturnType<typeof testClassroom>>) {
  const room = house.classroom
  const owner = await house.owner()
  const id = await room.openCohort(owner, { name: 'Autumn', timeZone: zone })
  const { signedIn } = await room.join(await room.newCode(owner, id), { name: 'Grace' })
  if (!signedIn) throw new Error('nobody joined')
  return { room, owner, id, grace: signedIn.person }
}
const closed = { status: 403, problem: { code: 'not-open' } }

test('what an instructor has not opened cannot be started, read off or asked a hint of; opened, it can', async () => {
  await using house = await testClassroom()
  const { room, owner, id, grace } = await paced(house)
  await room.setPacing(owner, id, 'hand')
  await expect(room.startLab(grace, lab)).rejects.toMatchObject(closed)
  await expect(room.showHint(grace, lab, 1)).rejects.toMatchObject(closed)
  await expect(room.markRead(grace, 'accept-queue')).rejects.toMatchObject(closed)
  expect(house.service.requests).toEqual([])
  expect(await house.db.attempt.count()).toBe(0)

  await room.openItem(owner, id, 'chapter:accept-queue', true)
  const attempt = await room.startLab(grace, lab)
  await room.markRead(grace, 'accept-queue')
  await room.openItem(owner, id, 'chapter:accept-queue', false)
  expect((await room.startLab(grace, lab)).id).toBe(attempt.id)
  await room.finish(grace, attempt.id)
  await expect(room.startLab(grace, lab)).rejects.toMatchObject(closed)
  expect(await room.startLab(owner, lab)).toMatchObject({ state: 'running' })
})

test('dates are those of a clock in the cohort’s zone; prerequisites open by being done', async () => {
  await using house = await testClassroom()
  const { room, owner, id, grace } = await paced(house)
  await room.setPacing(owner, id, 'dates')
  await room.setReleases(owner, id, [
    { item: 'chapter:ip', releaseAt: '2026-10-25T18:00', requires: [] },
    { item: `lab:${lab}`, releaseAt: '', requires: ['chapter:accept-queue'] },
  ])
  const at = async (iso: string) => (await room.openFor(grace, new Date(iso)))('lab:silent-drop')
  expect(await at('2026-10-25T16:59:59Z')).toMatchObject({ open: false, timeZone: zone })
  expect(await at('2026-10-25T17:00:00Z')).toEqual({ open: true })
  await expect(room.startLab(grace, lab)).rejects.toMatchObject(closed)
  await room.markRead(grace, 'accept-queue')
  expect(await room.startLab(grace, lab)).toMatchObject({ state: 'running' })
  expect(await room.releases(owner, id)).toContainEqual({
    item: 'chapter:ip',
    releaseAt: '2026-10-25T18:00',
    openedAt: null,
    requires: [],
  })
  await room.setReleases(owner, id, [{ item: 'chapter:ip', releaseAt: '', requires: [] }])
  expect((await room.releases(owner, id)).map(({ item }) => item)).toEqual([`lab:${lab}`])
})

test('a circle, an item that is none and a date that is none change nothing', async () => {
  await using house = await testClassroom()
  const { room, owner, id } = await paced(house)
  const set = (item: string, releaseAt: string, requires: string[]) =>
    room.setReleases(owner, id, [{ item, releaseAt, requires }])
  await expect(set('chapter:ip', '', ['chapter:ip'])).rejects.toMatchObject({ problem: { code: 'circular' } })
  await expect(set('chapter:../x', '2026-01-01T00:00', [])).rejects.toMatchObject({ status: 400 })
  await expect(set('chapter:ip', 'soon', [])).rejects.toMatchObject({ status: 400 })
  await expect(set('chapter:ip', '', ['x'])).rejects.toMatchObject({ status: 400 })
  expect(await room.releases(owner, id)).toEqual([])
})

test('a copy of a cohort has its assignments as drafts, with variants of their own', async () => {
  await using house = await testClassroom()
  const { room, owner, id } = await paced(house)
  const input = { ...homework, title: 'Where it is lost', dueAt: '2026-10-25T18:00', maxAttempts: 2 }
  const original = await room.makeAssignment(owner, id, input)
  await room.publishAssignment(owner, original)
  const copy = await room.copyCohort(owner, id, 'Spring')
  const [draft, ...more] = await room.assignments(owner, copy)
  expect(more).toEqual([])
  const { id: _, cohortId: __, publishedAt, ...same } = draft ?? ({} as never)
  expect(publishedAt).toBeNull()
  expect(await room.assignment(owner, original)).toMatchObject(same)
  const keys = await house.db.assignment.findMany({ select: { seedKey: true } })
  expect(new Set(keys.map(({ seedKey }) => seedKey)).size).toBe(2)
})

test('a copy of a cohort has its dates and prerequisites, opened by nobody, and none of its people', async () => {
  await using house = await testClassroom()
  const { room, owner, id } = await paced(house)
  await room.setPacing(owner, id, 'hand')
  await room.setReleases(owner, id, [
    { item: 'chapter:ip', releaseAt: '2026-10-25T18:00', requires: ['lab:x'] },
  ])
  await room.openItem(owner, id, 'chapter:ip', true)
  const copy = await room.copyCohort(owner, id, 'Spring')
  expect(await room.cohort(owner, copy)).toMatchObject({ pacing: 'hand', people: 1, joinCode: null })
  expect(await room.releases(owner, copy)).toEqual([
    { item: 'chapter:ip', releaseAt: '2026-10-25T18:00', openedAt: null, requires: ['lab:x'] },
  ])
})
