import { expect, test } from 'vitest'
import { assigned, homework } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { answers, recordedCheck } from '../testing/recorded.ts'

test('what is left over all cohorts, the soonest first; what is done, closed or elsewhere is not among it', async () => {
  await using house = await testClassroom()
  const { classroom, db, service } = house
  const later = await assigned(house, { title: 'Later', dueAt: '2098-01-01T08:00' })
  const sooner = await assigned(house, { title: 'Sooner', dueAt: '2097-01-01T08:00' })
  const ada = await later.enrolled('Ada')
  await db.enrollment.create({ data: { cohortId: sooner.cohort, personId: ada.id, role: 'learner' } })
  const make = async (title: string, dates: object, publish = true) => {
    const id = await classroom.makeAssignment(later.teacher, later.cohort, { ...homework, title, ...dates })
    if (publish) await classroom.publishAssignment(later.teacher, id)
  }
  await make('Endless', {})
  await make('Over', { dueAt: '2020-01-01T08:00', lateDueAt: '2020-01-02T08:00' })
  await make('Not yet', { releaseAt: '2096-01-01T08:00', dueAt: '2099-01-01T08:00' })
  await make('A draft', { dueAt: '2099-01-01T08:00' }, false)
  await assigned(house, { title: 'Of others', dueAt: '2098-01-01T08:00' })
  const due = async () =>
    (await classroom.dueWork(ada)).map(({ cohort, title, left, labs }) => [
      title,
      cohort.name,
      `${left} of ${labs}`,
    ])
  expect(await due()).toEqual([
    ['Sooner', 'Autumn', '1 of 1'],
    ['Later', 'Autumn', '1 of 1'],
    ['Endless', 'Autumn', '1 of 1'],
  ])

  const { id } = await classroom.startTry(ada, sooner.assignment, lab)
  expect((await due())[0]).toEqual(['Sooner', 'Autumn', '1 of 1'])
  service.faults.verdict = recordedCheck('pass')
  await classroom.handIn(ada, id, answers)
  expect((await due()).map(([title]) => title)).toEqual(['Later', 'Endless'])

  await classroom.archiveCohort(later.teacher, later.cohort)
  expect(await due()).toEqual([])
  expect(await classroom.dueWork(later.teacher)).toEqual([])
})
