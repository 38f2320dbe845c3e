/** The report over the real database: whose work is in it, what an injected fault is, and a CSV that no spreadsheet runs. */
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { lab, testClassroom } from '../testing/classroom.ts'
import { recordedCheck } from '../testing/recorded.ts'
import { reportColumns } from './reports.ts'

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
