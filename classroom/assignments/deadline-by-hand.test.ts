/**
 * A class whose time is over in a minute hands in by hand: three hundred words at once. Time is compressed: a check of six seconds takes about
 * half a second, and a claim ends before it, so that only who holds it anew keeps it.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { random } from '../../labs/random.ts'
import { assigned } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { answers } from '../testing/recorded.ts'
import { atOnce } from './claims.ts'

const learners = 300
const loopTimes = { leaseMs: 240, againMs: 50, tries: 8 }

test('no more than a few are checked at a time, each once, and nobody waits for the others', async () => {
  await using house = await testClassroom({ loopTimes })
  const { assignment, cohort } = await assigned(house)
  const attempts = await everybodyRuns(house, assignment, cohort)
  const under = { way: 0, most: 0 }
  const chance = random(1, 'checks')
  house.service.faults.duringCheck = async () => {
    under.most = Math.max(under.most, ++under.way)
    await wait(chance.int(250, 750))
    under.way--
  }

  const over = new AbortController()
  const loop = (async () => {
    while (!over.signal.aborted) if ((await house.classroom.submitDue()) === 0) await wait(20)
  })()
  const said = await Promise.all(
    attempts.map(({ person, id }) => house.classroom.handIn(person, id, answers)),
  )
  const graded = () => house.db.submission.count({ where: { state: 'graded' } })
  expect(said).toHaveLength(learners)
  expect(await graded()).toBeLessThan(learners)
  for (const until = Date.now() + 90_000; (await graded()) < learners && Date.now() < until; ) await wait(200)
  over.abort()
  await loop

  expect(await graded()).toBe(learners)
  expect(under.most).toBe(atOnce)
  expect(house.service.requests.filter((one) => one.endsWith('/check'))).toHaveLength(learners)
  expect(await house.db.judgement.count()).toBe(learners)
}, 180_000)

type House = Awaited<ReturnType<typeof testClassroom>>

async function everybodyRuns({ db, service }: House, assignmentId: string, cohortId: string) {
  const people = await db.person.createManyAndReturn({
    data: Array.from({ length: learners }, (_, i) => ({ name: `Learner ${i}`, role: 'learner' as const })),
  })
  await db.enrollment.createMany({
    data: people.map(({ id }) => ({ cohortId, personId: id, role: 'learner' as const })),
  })
  const startedAt = new Date()
  const attempts = await db.attempt.createManyAndReturn({
    data: people.map(({ id }) => ({
      ...{ personId: id, assignmentId, lab, seed: 7, state: 'running' as const, startedAt },
    })),
  })
  for (const { id, personId, seed } of attempts)
    await service.sandboxes.start({ id, lab, seed, owner: personId, role: 'learner' })
  const byId = new Map(people.map((person) => [person.id, person]))
  return attempts.flatMap(({ id, personId }) => {
    const person = byId.get(personId)
    return person ? [{ id, person: { id: person.id, name: person.name, role: person.role } }] : []
  })
}
