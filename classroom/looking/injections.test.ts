/** The same fault on many machines: whose, what their attempts mean afterwards, and what is left as it was. */
import { expect, test } from 'vitest'
import { homework } from '../testing/assigned.ts'
import { testClassroom } from '../testing/classroom.ts'
import type { Faults } from './injections.ts'

const kinds: Record<string, string> = { a: 'x', b: 'x', c: 'y' }
/** Labs a and b have machines of one kind, c of another, d of either, by its seed. */
const faults: Faults = {
  list: async () => ['a', 'b', 'c', 'd'],
  kindAt: async (lab, seed) => kinds[lab] ?? (lab === 'd' ? (['x', 'y'][seed % 2] ?? null) : null),
  seedOfKind: async (lab, kind, from) => {
    for (let seed = from; seed < from + 4; seed++) if ((await faults.kindAt(lab, seed)) === kind) return seed
    return null
  },
}

async function aClass() {
  const labs = ['a', 'b', 'c', 'd'].map((id) => ({ id, chapter: 'x' }))
  const house = await testClassroom({ labs: [...labs, { id: 'playground' }], faults })
  const owner = await house.owner()
  const cohort = await house.classroom.openCohort(owner, { name: 'Autumn', timeZone: 'UTC' })
  const at = async (name: string, lab: string) => {
    const person = await house.learner(name)
    await house.db.enrollment.create({ data: { cohortId: cohort, personId: person.id, role: 'learner' } })
    return { person, ...(await house.classroom.startLab(person, lab)) }
  }
  return { ...house, owner, cohort, at }
}

test('every machine that fits is broken alike, the others are left, and only what fits is offered', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, at, service } = house
  const [ada, bob, eve, pat] = [
    await at('Ada', 'a'),
    await at('Bob', 'a'),
    await at('Eve', 'c'),
    await at('Pat', 'playground'),
  ]
  expect(await classroom.injectable(owner, cohort)).toEqual([
    { lab: 'b', machines: 2 },
    { lab: 'd', machines: 2 },
  ])
  await house.db.attempt.updateMany({ data: { startedAt: new Date(Date.now() - 5_400_000) } })
  await classroom.openRoom(owner, cohort)
  const before = Date.now()
  const { begun, done } = await classroom.inject(owner, cohort, 'b', null)
  await done
  expect(begun).toBe(2)
  // On the wall nobody is stuck with what they have only just been given.
  const { learners } = await classroom.storedRoom(cohort)
  const since = Object.fromEntries(learners.map(({ name, attempt }) => [name, attempt?.progressAt ?? 0]))
  expect(since.Ada).toBeGreaterThanOrEqual(before)
  expect(since.Eve).toBeLessThan(before - 3_600_000)
  const [first, second] = [ada, bob].map(({ id }) => service.machines.get(id))
  expect(first).toMatchObject({ lab: 'b' })
  expect(second?.seed).toBe(first?.seed)
  for (const one of [eve, pat]) expect(service.machines.get(one.id)?.lab).toBe(one.lab)
  const rows = await classroom.injections(owner, cohort)
  expect(rows.map(({ learner, lab, state }) => [learner, lab, state]).sort()).toEqual([
    ['Ada', 'b', 'done'],
    ['Bob', 'b', 'done'],
  ])
  const log = (await classroom.auditOfCohort(owner, cohort)).filter(
    ({ action }) => action === 'fault.injected',
  )
  expect(log.map(({ subject }) => subject).sort()).toEqual(['Ada', 'Bob'])
})

test('the attempt is one at the new lab; what was judged before stays with the old one', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, at, service } = house
  const ada = await at('Ada', 'a')
  Object.assign(service.faults.verdict.verdict, { lab: 'a', status: 'fail' })
  await classroom.check(ada.person, ada.id, null)
  await (await classroom.inject(owner, cohort, 'b', ada.id)).done
  expect(await classroom.currentAttempt(ada.person, 'a')).toBeNull()
  expect((await classroom.currentAttempt(ada.person, 'b'))?.id).toBe(ada.id)
  Object.assign(service.faults.verdict.verdict, { lab: 'b', status: 'pass' })
  await classroom.check(ada.person, ada.id, null)
  expect(await classroom.verdicts(ada.person, 'a')).toHaveLength(1)
  expect(await classroom.verdicts(ada.person, 'b')).toMatchObject([{ lab: 'b', verdict: { status: 'pass' } }])
  expect((await classroom.progress(ada.person)).labsPassed).toEqual(['b'])
})

test('graded work, and who has a machine at that lab already, are left alone', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, at, service } = house
  const ada = await at('Ada', 'a')
  await classroom.startLab(ada.person, 'b')
  const assignment = await classroom.makeAssignment(owner, cohort, {
    ...homework,
    labs: [{ lab: 'a', weight: 1 }],
  })
  await classroom.publishAssignment(owner, assignment)
  const graded = await classroom.startTry(ada.person, assignment, 'a')
  // Counted is what she practises at, and nothing else.
  expect((await classroom.injectable(owner, cohort)).find(({ lab }) => lab === 'd')?.machines).toBe(2)
  await expect(classroom.inject(owner, cohort, 'b', graded.id)).rejects.toMatchObject({
    problem: { code: 'fits-nowhere' },
  })
  await expect(classroom.inject(owner, cohort, 'b', null)).rejects.toMatchObject({ status: 400 })
  expect(service.requests.filter((one) => one.endsWith('/inject'))).toEqual([])
  expect((await classroom.attempt(ada.person, ada.id))?.lab).toBe('a')
})

test('a machine that cannot be broken just now is an attempt at its old lab again, and says why', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, at, service } = house
  const [ada, bob] = [await at('Ada', 'a'), await at('Bob', 'a')]
  service.faults.unfit.add(ada.id)
  await (await classroom.inject(owner, cohort, 'b', null)).done
  expect((await classroom.attempt(ada.person, ada.id))?.lab).toBe('a')
  expect((await classroom.attempt(bob.person, bob.id))?.lab).toBe('b')
  expect(await classroom.injections(owner, cohort)).toContainEqual(
    expect.objectContaining({
      learner: 'Ada',
      state: 'refused',
      problem: expect.objectContaining({ code: 'busy-machine' }),
    }),
  )
})

test('a page that is loaded meanwhile changes nothing; whoever was killed in between is followed by what the machine says', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, at, service, db } = house
  const ada = await at('Ada', 'a')
  service.faults.duringInjection = async () => {
    expect((await classroom.attempt(ada.person, ada.id))?.lab).toBe('b')
  }
  await (await classroom.inject(owner, cohort, 'b', null)).done
  // The machine was broken, and the app was killed before it knew.
  const machine = service.machines.get(ada.id)
  if (machine) Object.assign(machine, { lab: 'd', seed: 2 })
  await db.injection.updateMany({ data: { state: 'asked', at: new Date(Date.now() - 3_600_000) } })
  await classroom.attempt(ada.person, ada.id)
  expect((await classroom.attempt(ada.person, ada.id))?.lab).toBe('d')
})
