/** The report over the real database: whose work is in it, what an injected fault is, and a CSV that no spreadsheet runs. */
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { lab, testClassroom } from '../testing/classroom.ts'
import { recordedCheck } from '../testing/recorded.ts'
import { reportColumns, reports } from './reports.ts'

async function aClass() {
  const house = await testClassroom()
  const owner = await house.owner()
  const cohort = await house.classroom.openCohort(owner, { name: 'Autumn', timeZone: 'UTC' })
  const enrol = async (name: string, role: 'learner' | 'instructor' = 'learner') => {
    const person = await house.learner(name)
    await house.db.enrollment.create({ data: { cohortId: cohort, personId: person.id, role } })
    return person
  }
  return { ...house, owner, cohort, enrol }
}

test('each learner and lab has a row with their checks and hints, and staff has none', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, enrol, service } = house
  const [ada, bob] = [await enrol('Ada'), await enrol('Bob')]
  const staff = await enrol('Grace', 'instructor')
  for (const person of [ada, staff]) {
    const { id } = await classroom.startLab(person, lab)
    service.faults.verdict = recordedCheck('fail')
    await classroom.check(person, id, null)
    service.faults.verdict = recordedCheck('error')
    await classroom.check(person, id, null)
    service.faults.verdict = recordedCheck('pass')
    await classroom.check(person, id, null)
  }
  await classroom.showHint(ada, lab, 1)
  await classroom.startLab(bob, lab)
  const { rows, labs } = await classroom.report(owner, cohort)
  expect(
    rows.map(({ name, checks, hints, wrongFixes, passedAfter }) => [
      name,
      checks,
      hints,
      wrongFixes,
      passedAfter !== null,
    ]),
  ).toEqual([
    ['Ada', 2, 1, 1, true],
    ['Bob', 0, 0, 0, false],
  ])
  expect(labs).toMatchObject([
    { lab, learners: 2, passed: 1, hard: [{ title: 'The clients are served', learners: 1 }] },
  ])
  expect((await classroom.learnerReport(owner, cohort, ada.id)).rows).toEqual(rows.slice(0, 1))
  await expect(classroom.learnerReport(owner, cohort, staff.id)).rejects.toMatchObject({ status: 404 })
})

test('a machine that was broken anew is two exercises, each with its own checks', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, enrol, db, service } = house
  const ada = await enrol('Ada')
  const { id } = await classroom.startLab(ada, lab)
  service.faults.verdict = recordedCheck('fail')
  await classroom.check(ada, id, null)
  const change = { cohortId: cohort, attemptId: id, fromLab: lab, fromSeed: 1, lab: 'silent-drop', seed: 2 }
  await db.injection.create({ data: { ...change, state: 'done', at: new Date() } })
  await db.attempt.update({ where: { id }, data: { lab: 'silent-drop' } })
  service.machines.get(id) && Object.assign(service.machines.get(id) ?? {}, { lab: 'silent-drop' })
  service.faults.verdict = recordedCheck('pass')
  await classroom.check(ada, id, null)
  const { rows } = await classroom.report(owner, cohort)
  expect(
    rows.map(({ lab: of, injected, checks, passedAfter }) => [of, injected, checks, passedAfter !== null]),
  ).toEqual([
    [lab, false, 1, false],
    ['silent-drop', true, 1, true],
  ])
})

test('what somebody practised, and was shown, before they joined the cohort is not in its report', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, enrol, db } = house
  const ada = await enrol('Ada')
  await classroom.startLab(ada, lab)
  await classroom.showHint(ada, lab, 1)
  const where = { cohortId_personId: { cohortId: cohort, personId: ada.id } }
  await db.enrollment.update({ where, data: { createdAt: new Date() } })
  expect(await classroom.report(owner, cohort)).toEqual({ labs: [], rows: [] })
  await classroom.showHint(ada, lab, 2)
  await classroom.startLab(ada, 'silent-drop')
  await classroom.showHint(ada, 'silent-drop', 1)
  const { rows } = await classroom.report(owner, cohort)
  expect(rows.map(({ lab: of, hints }) => [of, hints])).toEqual([['silent-drop', 1]])
  expect((await classroom.learnerReport(owner, cohort, ada.id)).rows).toEqual(rows)
})

test('read in small parts it is the same: everybody’s labs, checks and hints, and each alone', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, enrol, service, db } = house
  for (const name of ['Ada', 'Bob', 'Cyd', 'Dee', 'Eve']) {
    const person = await enrol(name)
    const { id } = await classroom.startLab(person, lab)
    service.faults.verdict = recordedCheck('fail')
    await classroom.check(person, id, null)
    service.faults.verdict = recordedCheck('pass')
    await classroom.check(person, id, null)
    await classroom.startLab(person, 'silent-drop')
    await classroom.showHint(person, lab, 1)
    if (name === 'Eve') await classroom.showHint(person, lab, 2)
  }
  const whole = await classroom.report(owner, cohort)
  const seen = whole.rows.map(({ name, lab: of, checks, hints }) => `${name} ${of} ${checks} ${hints}`)
  expect(seen).toHaveLength(10)
  expect(seen.slice(0, 2)).toEqual(['Ada accept-queue 2 1', 'Ada silent-drop 0 0'])
  expect(seen.slice(-2)).toEqual(['Eve accept-queue 2 2', 'Eve silent-drop 0 0'])
  for (const pages of [
    { learners: 2, attempts: 3 },
    { learners: 5, attempts: 1 },
  ]) {
    const inParts = reports(db, pages)
    expect(await inParts.report(owner, cohort)).toEqual(whole)
    const eve = whole.rows.at(-1)?.personId ?? ''
    expect((await inParts.learnerReport(owner, cohort, eve)).rows).toEqual(whole.rows.slice(-2))
  }
})

test('the CSV has stable columns, and a name that is a formula is only text', async () => {
  await using house = await aClass()
  const { classroom, owner, cohort, enrol } = house
  const eve = await enrol('=HYPERLINK("http://evil")')
  await classroom.startLab(eve, lab)
  const csv = await classroom.reportCsv(owner, cohort)
  const [head, line] = parse(csv, { bom: true }) as string[][]
  expect(head).toEqual([...reportColumns])
  expect(line?.[1]).toBe('\'=HYPERLINK("http://evil")')
  expect(line?.slice(6)).toEqual(['0', '', '', '0', '0', ''])
})
