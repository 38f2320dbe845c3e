import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { assigned, homework } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { answers, recordedCheck } from '../testing/recorded.ts'
import { csvColumns, type GradebookFilter, gradebookStates } from './gradebook.ts'

const twoLabs = [
  { lab, weight: 3 },
  { lab: 'silent-drop', weight: 1 },
]

/** Ada has handed in one lab of two, Grace runs, Edsger is excused, Barbara has not begun. */
async function filled() {
  const house = await testClassroom()
  const setUp = await assigned(house, { labs: twoLabs })
  const { teacher, cohort, assignment, enrolled } = setUp
  const [ada, grace, edsger, barbara] = [
    await enrolled('Ada'),
    await enrolled('Grace'),
    await enrolled('Edsger'),
    await enrolled('Barbara'),
  ]
  const { id } = await house.classroom.startTry(ada, assignment, lab)
  await house.classroom.handIn(ada, id, answers)
  await house.classroom.startTry(grace, assignment, lab)
  const extension = {
    dueAt: '',
    lateDueAt: '',
    extraMinutes: 0,
    extraAttempts: 0,
    excused: true,
    reason: 'ill',
  }
  await house.classroom.giveExtension(teacher, assignment, edsger.id, extension)
  await house.classroom.makeAssignment(teacher, cohort, { ...homework, title: 'Draft' })
  const names = async (filter: GradebookFilter) =>
    (await house.classroom.gradebook(teacher, cohort, filter)).rows.map(({ person }) => person.name)
  return { ...house, ...setUp, ada, barbara, submission: id, names }
}

test('learners by name with the state and share of each lab, and what they come to by weight', async () => {
  await using house = await filled()
  const { columns, rows, count, next } = await house.classroom.gradebook(house.teacher, house.cohort)
  expect(columns).toMatchObject([{ id: house.assignment, title: 'Homework', labs: twoLabs }])
  expect([count, next]).toEqual([4, null])
  const told = rows.map(({ person, assignments: [one] }) => [
    person.name,
    one?.total,
    ...(one?.cells ?? []).map(({ state }) => state),
  ])
  expect(told).toEqual([
    ['Ada', 0.75, 'submitted', 'not_started'],
    ['Barbara', 0, 'not_started', 'not_started'],
    ['Edsger', null, 'excused', 'excused'],
    ['Grace', 0, 'running', 'not_started'],
  ])
  expect(rows[0]?.assignments[0]?.cells[0]).toEqual({
    ...{ lab, state: 'submitted', share: 1, attempts: 1 },
    ...{ submission: house.submission, overridden: false },
  })
})

test('filtered by state, by assignment and by name', async () => {
  await using house = await filled()
  const { names } = house
  const byState = await Promise.all(gradebookStates.map((state) => names({ state })))
  expect(byState).toEqual([['Ada', 'Barbara', 'Grace'], ['Grace'], ['Ada'], [], ['Edsger'], []])
  expect(await names({ name: 'R' })).toEqual(['Barbara', 'Edsger', 'Grace'])
  await house.db.person.updateMany({ where: { name: 'Edsger' }, data: { login: 'shortest.path' } })
  expect(await names({ name: 'PATH' })).toEqual(['Edsger'])
  expect(await names({ name: '%' })).toEqual([])
  expect(await names({ assignment: house.assignment, state: 'running' })).toEqual(['Grace'])
  expect(await names({ assignment: house.ada.id, state: 'running' })).toEqual([])
})

test('page by page nobody is missed and nobody comes twice, also with the same name', async () => {
  await using house = await testClassroom()
  const { teacher, cohort } = await assigned(house)
  const people = await house.db.person.createManyAndReturn({
    data: Array.from({ length: 250 }, (_, i) => ({ name: `Same ${i % 3}`, role: 'learner' as const })),
  })
  await house.db.enrollment.createMany({
    data: people.map(({ id }) => ({ cohortId: cohort, personId: id, role: 'learner' as const })),
  })
  const seen: string[] = []
  for (let cursor: string | undefined; ; ) {
    const { rows, next, count } = await house.classroom.gradebook(teacher, cohort, {}, cursor)
    expect(count).toBe(250)
    seen.push(...rows.map(({ person }) => person.id))
    if (next === null) break
    cursor = next
  }
  expect(seen).toHaveLength(250)
  expect(new Set(seen)).toEqual(new Set(people.map(({ id }) => id)))
  for (const forged of [
    '',
    'x',
    Buffer.from('["a","b"]').toString('base64url'),
    Buffer.from('["\\u0000",1]').toString('base64url'),
  ])
    await expect(house.classroom.gradebook(teacher, cohort, {}, forged)).rejects.toMatchObject({
      status: 400,
    })
})

test('as CSV with the same columns whatever there is, and with names that are only names', async () => {
  await using house = await filled()
  await house.db.person.update({
    where: { id: house.barbara.id },
    data: { name: '=HYPERLINK("http://x","y")' },
  })
  let text = ''
  for await (const piece of await house.classroom.gradebookCsv(house.teacher, house.cohort)) text += piece
  const [header, ...lines] = parse(text, { bom: true }) as string[][]
  expect(header).toEqual([...csvColumns])
  expect(lines).toHaveLength(8)
  expect(lines.map(([, name]) => name)).toContain(`'=HYPERLINK("http://x","y")`)
  const ada = lines.find(([id]) => id === house.ada.id)
  expect(ada?.slice(4)).toEqual(['Homework', lab, '3', 'submitted', '1', '1', 'no', '0.75'])
})

test('a lab that could not be judged leaves the total undecided, in the table and in the CSV, until an instructor has set its grade', async () => {
  await using house = await testClassroom({ loopTimes: { leaseMs: 5_000, againMs: 1, tries: 1 } })
  const { teacher, cohort, assignment, enrolled } = await assigned(house, { labs: twoLabs })
  const ada = await enrolled()
  for (const [inLab, status] of [
    [lab, 'error'],
    ['silent-drop', 'pass'],
  ] as const) {
    house.service.faults.verdict = recordedCheck(status)
    const { id } = await house.classroom.startTry(ada, assignment, inLab)
    await house.classroom.handIn(ada, id, null)
  }
  const { rows } = await house.classroom.gradebook(teacher, cohort, { state: 'error' })
  expect(rows[0]?.assignments[0]).toMatchObject({
    total: 'undecided',
    cells: [{ state: 'error', share: null }, { share: 1 }],
  })
  let csv = ''
  for await (const piece of await house.classroom.gradebookCsv(teacher, cohort)) csv += piece
  const totals = (parse(csv, { bom: true }) as string[][]).map((line) => line.at(-1))
  expect(totals).toEqual(['assignment_total', 'undecided', 'undecided'])
  await house.classroom.overrideGrade(
    teacher,
    rows[0]?.assignments[0]?.cells[0]?.submission ?? '',
    20,
    'Seen in class',
  )
  const decided = await house.classroom.gradebook(teacher, cohort)
  expect(decided.rows[0]?.assignments[0]).toMatchObject({ total: 0.4 })
})

test('a table is scrolled to anywhere: the page after so many learners is the one that its cursor leads to', async () => {
  await using house = await testClassroom()
  const { teacher, cohort } = await assigned(house)
  const people = Array.from({ length: 120 }, (_, i) => ({ name: `Learner ${String(i).padStart(3, '0')}` }))
  await house.db.person.createMany({ data: people.map((one) => ({ ...one, role: 'learner' as const })) })
  const rows = await house.db.person.findMany({ where: { name: { startsWith: 'Learner ' } } })
  await house.db.enrollment.createMany({
    data: rows.map(({ id }) => ({ cohortId: cohort, personId: id, role: 'learner' as const })),
  })
  const { gradebook } = house.classroom
  const first = await gradebook(teacher, cohort, {}, 0)
  expect([first.rows.length, first.count]).toEqual([100, 120])
  const after = await gradebook(teacher, cohort, {}, 100)
  expect(after.rows).toEqual((await gradebook(teacher, cohort, {}, first.next ?? '')).rows)
  expect(after.rows[0]?.person.name).toBe('Learner 100')
  expect((await gradebook(teacher, cohort, {}, 500)).rows).toEqual([])
})
