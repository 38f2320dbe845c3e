import { expect, test } from 'vitest'
import { lab, testClassroom } from '../testing/classroom.ts'

async function openHouse() {
  const house = await testClassroom()
  const owner = await house.owner()
  const open = (name: string) => house.classroom.openCohort(owner, { name, timeZone: 'Europe/Berlin' })
  return {
    ...house,
    teacher: owner,
    cohort: await open('Autumn'),
    other: await open('Winter'),
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  }
}

const seats = { lab, seats: 40, from: '2026-12-01T09:00', until: '2026-12-01T17:00' }
const results = {
  ...{ browser: 'pass', socket: 'pass', line: 'pass', clipboard: 'fail', keyboard: 'open' },
  ...{ agent: 'Mozilla/5.0', window: '1280×720' },
}

test('seats are reserved by the cohort’s clock, seen with what is ready, and given up', async () => {
  await using house = await openHouse()
  const { classroom, teacher, cohort, other, service } = house
  await classroom.reserveSeats(teacher, cohort, seats)
  expect(service.pool.reservations).toMatchObject([
    { lab, seats: 40, warmBy: '2026-12-01T08:00:00.000Z', until: '2026-12-01T16:00:00.000Z' },
  ])
  const [mine] = await classroom.seats(teacher, cohort)
  expect(mine).toMatchObject({ lab, seats: 40, taken: 0, ready: 2 })
  expect(await classroom.seats(teacher, other)).toEqual([])
  const id = mine?.id ?? ''
  await expect(classroom.cancelSeats(teacher, other, id)).rejects.toMatchObject({ status: 404 })
  await classroom.cancelSeats(teacher, cohort, id)
  expect(service.pool.reservations).toEqual([])
  const log = await classroom.auditOfCohort(teacher, cohort)
  expect(log.map(({ action }) => action)).toContain('seats.cancelled')
})

test('seats whose time was over meanwhile are given up without a word', async () => {
  await using house = await openHouse()
  const { classroom, teacher, cohort, service } = house
  await classroom.reserveSeats(teacher, cohort, seats)
  const [mine] = await classroom.seats(teacher, cohort)
  service.pool.reservations.splice(0)
  await classroom.cancelSeats(teacher, cohort, mine?.id ?? '')
  expect(await house.db.seatReservation.count()).toBe(0)
})

test('no lab, no number and no time are refused, and nothing is reserved', async () => {
  await using house = await openHouse()
  const { classroom, teacher, cohort, service } = house
  const bad = [{ lab: 'no-lab' }, { seats: 0 }, { seats: 1.5 }, { until: 'soon' }]
  for (const one of bad)
    await expect(classroom.reserveSeats(teacher, cohort, { ...seats, ...one })).rejects.toMatchObject({
      name: 'Refusal',
    })
  service.faults.refuse = { code: 'away', message: 'Away.', remedy: 'Wait.' }
  await expect(classroom.reserveSeats(teacher, cohort, seats)).rejects.toMatchObject({ status: 503 })
  expect(service.pool.reservations).toEqual([])
})

test('what a browser could do is seen by those who teach its person, the last result only', async () => {
  await using house = await openHouse()
  const { classroom, teacher, cohort, other, db } = house
  const ada = await house.learner('Ada')
  const bob = await house.learner('Bob')
  for (const { id } of [ada, bob])
    await db.enrollment.create({ data: { cohortId: cohort, personId: id, role: 'learner' } })
  await classroom.keepDeviceCheck(ada, { ...results, clipboard: 'open' })
  await classroom.keepDeviceCheck(ada, results)
  expect(await classroom.deviceChecks(teacher, cohort)).toMatchObject([
    { name: 'Ada', results },
    { name: 'Bob', at: null, results: null },
  ])
  expect(await classroom.deviceChecks(teacher, other)).toEqual([])
  await expect(classroom.deviceChecks(ada, cohort)).rejects.toMatchObject({ status: 404 })
  await expect(classroom.keepDeviceCheck(ada, { browser: '<script>' })).rejects.toMatchObject({ status: 400 })
  await classroom.deleteAccount(ada, 'Ada')
  expect(await db.deviceCheck.count()).toBe(0)
})
