/**
 * The deadline storm: three hundred attempts whose time is up within seconds, several processes that hand them in, and one of these killed -9 at random
 * again and again, as are the database and, for whoever waits for it, the service. Time is compressed: the last 60 s are 6.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { random } from '../../labs/random.ts'
import { assigned } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { mortalDatabase } from '../testing/server.ts'

const learners = 300
const spreadMs = 6_000
const workers = 3
/** In this order; which worker is chance. */
const victims = ['worker', 'service', 'worker', 'database', 'worker', 'service', 'worker'] as const
const times = { leaseMs: 1_500, againMs: 50, tries: 40 }
const worker = fileURLToPath(new URL('../testing/hand-in-worker.ts', import.meta.url))
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))

test('none is lost and each is graded exactly once, whoever is killed in the middle', async () => {
  const database = await mortalDatabase()
  await using house = await testClassroom({}, database)
  const { assignment, cohort } = await assigned(house, { minutes: 60 })
  let inCheck = 0
  let checksKilled = 0
  house.service.faults.duringCheck = async () => {
    inCheck += 1
    await wait(40)
    inCheck -= 1
  }
  await everybodyRuns(house, assignment, cohort)

  const seed = Date.now() % 2 ** 31
  const chance = random(seed, 'storm')
  const start = () => {
    const child = spawn(process.execPath, [
      '--import',
      'tsx',
      worker,
      database.url,
      house.service.url,
      JSON.stringify(times),
    ])
    // What it says while the database is away.
    child.stderr.resume()
    return child
  }
  const running: ChildProcess[] = Array.from({ length: workers }, start)
  try {
    await Promise.all(running.map((child) => once(child.stdout as NodeJS.ReadableStream, 'data')))
    await setDeadlines(house, assignment)
    for (const [killed, victim] of victims.entries()) {
      // In the middle of something: while a check is going on, or just after it, when its verdict is being stored.
      for (const until = Date.now() + 10_000; inCheck === 0 && Date.now() < until; ) await wait(5)
      // The first one meets a check for certain: on a slow host the database takes most of the time.
      if (killed > 0) await wait(chance.int(0, 80))
      if (inCheck > 0) checksKilled += 1
      if (victim === 'service') house.service.cut()
      else if (victim === 'database') await database.kill()
      else {
        const worker = chance.int(0, workers - 1)
        running[worker]?.kill('SIGKILL')
        running[worker] = start()
      }
    }
    // While the database is away nothing can be counted.
    const left = () =>
      house.db.submission.count({ where: { state: 'graded' } }).then(
        (graded) => learners - graded,
        () => learners,
      )
    for (const until = Date.now() + 150_000; (await left()) > 0 && Date.now() < until; ) await wait(200)
  } finally {
    for (const child of running) child.kill('SIGKILL')
  }

  const submitted = await house.db.submission.findMany({
    include: { judgements: true, attempt: { include: { verdicts: true } } },
  })
  const told = `seed ${seed}`
  expect(submitted.length, told).toBe(learners)
  expect(
    submitted.filter(({ state }) => state !== 'graded'),
    told,
  ).toEqual([])
  expect(
    submitted.filter(({ judgements, attempt }) => judgements.length !== 1 || attempt.verdicts.length !== 1),
    told,
  ).toEqual([])
  expect(
    submitted.filter(({ submittedAt, attempt }) => submittedAt.getTime() !== attempt.deadlineAt?.getTime()),
    told,
  ).toEqual([])
  const grades = await house.db.grade.findMany()
  expect(grades.length, told).toBe(learners)
  expect(
    grades.every(({ state, share, attempts }) => state === 'submitted' && share === 1 && attempts === 1),
    told,
  ).toBe(true)
  expect(checksKilled, 'kills that met a check').toBeGreaterThan(0)
}, 290_000)

type House = Awaited<ReturnType<typeof testClassroom>>

async function everybodyRuns({ db, service }: House, assignmentId: string, cohortId: string): Promise<void> {
  const people = await db.person.createManyAndReturn({
    data: Array.from({ length: learners }, (_, i) => ({ name: `Learner ${i}`, role: 'learner' as const })),
  })
  await db.enrollment.createMany({
    data: people.map(({ id }) => ({ cohortId, personId: id, role: 'learner' as const })),
  })
  const attempts = await db.attempt.createManyAndReturn({
    data: people.map(({ id }) => ({
      personId: id,
      assignmentId,
      lab,
      seed: 7,
      state: 'running' as const,
      startedAt: new Date(),
    })),
  })
  for (const { id, personId, seed } of attempts)
    await service.sandboxes.start({ id, lab, seed, owner: personId, role: 'learner' })
}

async function setDeadlines({ db }: House, assignmentId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE "Attempt" SET "deadlineAt" = date_trunc('milliseconds', now() + random() * ${spreadMs} * interval '1 millisecond')
    WHERE "assignmentId" = ${assignmentId}::uuid`
}
