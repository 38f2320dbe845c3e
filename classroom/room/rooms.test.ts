import { expect, test } from 'vitest'
import type { Person } from '../index.ts'
import { assigned } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { emptyRoom, reduce } from './state.ts'
import { seatOf, tilesOf } from './tiles.ts'

type House = Awaited<ReturnType<typeof testClassroom>>

async function openHouse() {
  const house = await testClassroom()
  const owner = await house.owner()
  const cohort = await house.classroom.openCohort(owner, { name: 'Autumn', timeZone: 'UTC' })
  await house.classroom.openRoom(owner, cohort)
  return {
    ...house,
    owner,
    cohort,
    now: () => house.classroom.storedRoom(cohort),
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  }
}

async function seated(house: Pick<House, 'learner' | 'db'>, cohortId: string, name: string): Promise<Person> {
  const person = await house.learner(name)
  await house.db.enrollment.create({ data: { cohortId, personId: person.id, role: 'learner' } })
  return person
}

test('one room is open at a time, and opening it twice is opening it once', async () => {
  await using house = await openHouse()
  const { classroom, owner, cohort } = house
  const first = await classroom.room(owner, cohort)
  await Promise.all([classroom.openRoom(owner, cohort), classroom.openRoom(owner, cohort)])
  expect((await classroom.room(owner, cohort))?.id).toBe(first?.id)
  await classroom.closeRoom(owner, cohort)
  expect(await classroom.room(owner, cohort)).toBeNull()
  await Promise.all([1, 2, 3].map(() => classroom.openRoom(owner, cohort)))
  expect(await house.db.workshopRoom.count({ where: { closedAt: null } })).toBe(1)
  await classroom.closeRoom(owner, cohort)
  await expect(classroom.closeRoom(owner, cohort)).rejects.toMatchObject({
    problem: { code: 'no-open-room' },
  })
})

test('everybody in the room is told that a terminal is shown, and by whom, for as long as it is', async () => {
  await using house = await openHouse()
  const { classroom, owner, cohort, now } = house
  const { id } = await classroom.startLab(owner, lab)
  expect((await now()).led?.screen).toBeNull()
  await classroom.showScreen(owner, cohort, id)
  expect((await now()).led?.screen).toEqual({ by: 'Owner' })
  await classroom.finish(owner, id)
  expect((await now()).led?.screen).toBeNull()
})

test('another process knows all of it: hands in their order, what was told, where everybody was brought', async () => {
  await using house = await openHouse()
  const { classroom, owner, cohort } = house
  const [ada, grace] = [await seated(house, cohort, 'Ada'), await seated(house, cohort, 'Grace')]
  await classroom.raiseHand(grace, cohort, true)
  await classroom.raiseHand(ada, cohort, true)
  await classroom.raiseHand(grace, cohort, true)
  await classroom.bring(owner, cohort, `lab:${lab}`)
  await classroom.tell(owner, cohort, 'command', '  ss -lnt  ')
  await classroom.startTimer(owner, cohort, 'Find the queue', 5)
  await classroom.moreTime(owner, cohort, 10)
  await classroom.reveal(owner, cohort, lab, 1)
  await classroom.reveal(owner, cohort, lab, null)
  const { led, hands, learners } = await house.another().storedRoom(cohort)
  expect(hands.toSorted((a, b) => a.at - b.at).map(({ person }) => person)).toEqual([grace.id, ada.id])
  expect(led).toMatchObject({
    name: 'Autumn',
    lead: { item: `lab:${lab}` },
    messages: [{ kind: 'command', text: 'ss -lnt' }],
    timer: { text: 'Find the queue' },
  })
  expect(led?.timer?.endsAt).toBeGreaterThan(Date.now() + 14 * 60_000)
  expect(led?.reveals.map(({ hint }) => hint).toSorted()).toEqual([1, null])
  expect(learners.map(({ name }) => name)).toEqual(['Ada', 'Grace'])
  await classroom.lowerHand(owner, cohort, grace.id)
  await classroom.raiseHand(ada, cohort, false)
  expect((await house.now()).hands).toEqual([])
})

test('more time that several give at once is all of it', async () => {
  await using house = await openHouse()
  const { classroom, owner, cohort } = house
  await classroom.startTimer(owner, cohort, 'Find the queue', 10)
  const before = (await classroom.room(owner, cohort))?.timer?.endsAt ?? 0
  const other = house.another()
  const deeds = [classroom, other, classroom, other].map((one) => one.moreTime(owner, cohort, 5))
  await Promise.all(deeds)
  expect((await classroom.room(owner, cohort))?.timer?.endsAt).toBe(before + 20 * 60_000)
})

test('a revealed hint is a hint seen for nobody, and is read by those in the room alone', async () => {
  await using house = await openHouse()
  const { classroom, owner, cohort } = house
  const ada = await seated(house, cohort, 'Ada')
  await classroom.reveal(owner, cohort, lab, 1)
  expect(await classroom.reveals(ada, cohort)).toMatchObject([{ lab, hint: 1 }])
  expect(await classroom.hintsShown(ada, lab)).toBe(0)
  const stranger = await house.learner('Eve')
  for (const id of [cohort, 'no-uuid'])
    await expect(classroom.reveals(stranger, id)).rejects.toMatchObject({ status: 404 })
})

test('bringing everybody opens what an instructor opens by hand', async () => {
  await using house = await openHouse()
  const { classroom, owner, cohort } = house
  const ada = await seated(house, cohort, 'Ada')
  await classroom.setPacing(owner, cohort, 'hand')
  await expect(classroom.startLab(ada, lab)).rejects.toMatchObject({ status: 403 })
  await classroom.bring(owner, cohort, `lab:${lab}`)
  await expect(classroom.startLab(ada, lab)).resolves.toBeTruthy()
})

test('a learner is known by their open attempt, and by how far their checks came', async () => {
  await using house = await openHouse()
  const { classroom, cohort, db } = house
  const ada = await seated(house, cohort, 'Ada')
  const { id } = await classroom.startLab(ada, lab)
  const check = (at: number, statuses: string[]) =>
    db.verdict.create({
      data: {
        attemptId: id,
        lab,
        generation: 0,
        status: statuses.includes('fail') ? 'fail' : 'pass',
        score: 0,
        maxScore: 100,
        verdict: {
          criteria: [
            { kind: 'baseline', status: 'pass' },
            ...statuses.map((status) => ({ kind: 'repair', status, evidence: 'a \u0000 of theirs' })),
          ],
        },
        before: {},
        after: {},
        createdAt: new Date(at),
      },
    })
  const began = Date.now()
  await check(began + 1_000, ['pass', 'fail', 'fail'])
  await check(began + 2_000, ['fail', 'fail', 'fail'])
  const facts = async () => (await house.now()).learners[0]?.attempt
  expect(await facts()).toMatchObject({
    id,
    lab,
    isOpen: true,
    criteria: { passed: 0, all: 3 },
    progressAt: began + 1_000,
    checkedAt: began + 2_000,
    passedAt: null,
  })
  await check(began + 3_000, ['pass', 'pass', 'pass'])
  expect(await facts()).toMatchObject({ criteria: { passed: 3, all: 3 }, passedAt: began + 3_000 })
})

test('work for another cohort is on no wall but its own, and its learner is not pulled away from it', async () => {
  await using house = await openHouse()
  const { classroom, owner, cohort, db } = house
  const exam = await assigned({ ...house, owner: async () => house.owner })
  await classroom.openRoom(owner, exam.cohort)
  const ada = await seated(house, cohort, 'Ada')
  await db.enrollment.create({ data: { cohortId: exam.cohort, personId: ada.id, role: 'learner' } })
  const data = { personId: ada.id, lab, seed: 1, state: 'running' as const, startedAt: new Date() }
  const { id } = await db.attempt.create({ data: { ...data, assignmentId: exam.assignment } })
  const [here, there] = [await house.now(), await classroom.storedRoom(exam.cohort)]
  expect(here.learners).toMatchObject([{ name: 'Ada', attempt: null, machine: lab }])
  expect(there.learners).toMatchObject([{ name: 'Ada', attempt: { id } }])
  const state = reduce(emptyRoom, here)
  expect(tilesOf(state, Date.now())).toMatchObject([{ item: null, attempt: null, criteria: null }])
  expect(seatOf(state, ada.id)).toMatchObject({ machine: lab })
  await db.attempt.update({ where: { id }, data: { state: 'finished', endedAt: new Date() } })
  expect((await house.now()).learners).toMatchObject([{ attempt: null, machine: null }])
})

test('an assignment is of the cohort in which it is one’s own, and of none for anybody else', async () => {
  await using house = await openHouse()
  const { classroom, cohort } = house
  const exam = await assigned({ ...house, owner: async () => house.owner })
  const [ada, eve] = [await exam.enrolled(), await seated(house, cohort, 'Eve')]
  expect(await classroom.classOf(ada, exam.assignment)).toBe(exam.cohort)
  expect(await classroom.classOf(eve, exam.assignment)).toBeNull()
  expect(await classroom.classOf(exam.teacher, exam.assignment)).toBeNull()
  expect(await classroom.classOf(ada, 'edit')).toBeNull()
})

test('of several attempts it is the newest open one, and a start that was forgotten hides none', async () => {
  await using house = await openHouse()
  const { cohort, db } = house
  const ada = await seated(house, cohort, 'Ada')
  const attempt = (of: string, state: 'starting' | 'running' | 'finished', minutesAgo: number) => {
    const createdAt = new Date(Date.now() - minutesAgo * 60_000)
    const [startedAt, endedAt] = [
      state === 'starting' ? null : createdAt,
      state === 'finished' ? createdAt : null,
    ]
    return db.attempt.create({
      data: { personId: ada.id, lab: of, seed: 1, state, createdAt, startedAt, endedAt },
    })
  }
  await attempt('silent-drop', 'starting', 60)
  const { id } = await attempt(lab, 'running', 1)
  await attempt(lab, 'finished', 0)
  expect((await house.now()).learners).toMatchObject([{ attempt: { id, isOpen: true }, machine: lab }])
  const over = new Date()
  await db.attempt.updateMany({ where: { endedAt: null }, data: { state: 'failed', endedAt: over } })
  expect((await house.now()).learners).toMatchObject([{ attempt: { lab, isOpen: false }, machine: null }])
})

test('more learners than tiles: those who are here come first, the others are counted', async () => {
  await using house = await openHouse()
  const { classroom, cohort, db } = house
  const people = Array.from({ length: 301 }, (_, n) => ({
    name: `Learner ${String(n).padStart(3, '0')}`,
    role: 'learner' as const,
  }))
  const made = await db.person.createManyAndReturn({ data: people, select: { id: true, name: true } })
  await db.enrollment.createMany({
    data: made.map(({ id }) => ({ cohortId: cohort, personId: id, role: 'learner' as const })),
  })
  const last = made.find(({ name }) => name === 'Learner 300')
  const { learners, hidden } = await classroom.storedRoom(cohort, [last?.id ?? ''])
  expect(learners).toHaveLength(300)
  expect(learners.map(({ id }) => id)).toContain(last?.id)
  expect(hidden).toBe(1)
})

test('what is no message, no time, no lab and no item is refused with what would do', async () => {
  await using house = await openHouse()
  const { classroom, owner, cohort } = house
  const codes: [() => Promise<void>, string][] = [
    [() => classroom.tell(owner, cohort, 'message', ' '), 'bad-text'],
    [() => classroom.tell(owner, cohort, 'command', 'ls\nrm -rf /'), 'bad-text'],
    [() => classroom.tell(owner, cohort, 'message', 'x'.repeat(501)), 'bad-text'],
    [() => classroom.tell(owner, cohort, 'shout', 'x'), 'bad-text'],
    [() => classroom.startTimer(owner, cohort, 'Read', 0), 'bad-minutes'],
    [() => classroom.startTimer(owner, cohort, 'Read', Number.NaN), 'bad-minutes'],
    [() => classroom.moreTime(owner, cohort, 5), 'no-timer'],
    [() => classroom.bring(owner, cohort, 'page:home'), 'bad-item'],
    [() => classroom.reveal(owner, cohort, 'no-lab', 1), 'unknown-lab'],
    [() => classroom.reveal(owner, cohort, lab, 0), 'no-such-thing'],
  ]
  for (const [deed, code] of codes) await expect(deed()).rejects.toMatchObject({ problem: { code } })
})

test('an account that is deleted takes its hand with it', async () => {
  await using house = await openHouse()
  const { classroom, cohort } = house
  const ada = await seated(house, cohort, 'Ada')
  await classroom.raiseHand(ada, cohort, true)
  await classroom.deleteAccount(ada, 'Ada')
  expect((await house.now()).hands).toEqual([])
})
