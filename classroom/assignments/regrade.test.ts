import { expect, test } from 'vitest'
import type { Verdict } from '../../grader/verdict.ts'
import { assigned, type homework } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { answers, recordedCheck } from '../testing/recorded.ts'
import type { Judge } from './regrade.ts'

/** Classrooms whose judge can be mended or broken by hand. */
async function judging(input: Partial<typeof homework> = {}) {
  let verdict: Verdict = recordedCheck('pass').verdict
  let meanwhile = async (): Promise<void> => {}
  const judged: Parameters<Judge>[0][] = []
  const house = await testClassroom({
    judge: async (evidence) => {
      judged.push(evidence)
      await meanwhile()
      return verdict
    },
    loopTimes: { leaseMs: 5_000, againMs: 1, tries: 1 },
  })
  const setUp = await assigned(house, input)
  return {
    ...house,
    ...setUp,
    judged,
    /** Done once, while it judges. */
    meanwhile: (work: () => Promise<void>) => {
      meanwhile = async () => {
        meanwhile = async () => {}
        await work()
      }
    },
    judges: (next: Verdict) => {
      verdict = next
    },
    async handedIn(name: string, status: 'pass' | 'fail' | 'error', inLab = lab) {
      const person = await setUp.enrolled(name)
      const { id } = await house.classroom.startTry(person, setUp.assignment, inLab)
      house.service.faults.verdict = recordedCheck(status)
      await house.classroom.handIn(person, id, answers)
      return { person, id }
    },
  }
}
const lenient = (score: number): Verdict => ({ ...recordedCheck('fail').verdict, score })

test('learners hand in while it is judged; what was changed meanwhile is not judged over', async () => {
  await using house = await judging()
  const ada = await house.handedIn('Ada', 'fail')
  const { classroom, teacher, assignment } = house
  const { token } = await classroom.previewRegrade(teacher, assignment, {})
  house.meanwhile(() => classroom.overrideGrade(teacher, ada.id, 40, 'Agreed'))
  await expect(classroom.applyRegrade(teacher, assignment, {}, token)).rejects.toMatchObject({
    problem: { code: 'changed-since-preview' },
  })
  expect(await house.grade(ada.person)).toMatchObject({ share: 0.4, overridden: true })
})

test('who would change is shown before anything is; then just that is applied, and the old verdicts stay', async () => {
  await using house = await judging()
  const [ada, grace] = [await house.handedIn('Ada', 'fail'), await house.handedIn('Grace', 'pass')]
  const { classroom, teacher, assignment } = house
  const preview = await classroom.previewRegrade(teacher, assignment, {})
  expect(preview).toMatchObject({ judged: 2, failed: 0, overridden: 0, withoutEvidence: 0 })
  expect(preview.changes).toEqual([
    {
      submission: ada.id,
      person: { id: ada.person.id, name: 'Ada' },
      lab,
      before: { status: 'fail', score: 33.333333333333336, maxScore: 100 },
      after: { status: 'pass', score: 100, maxScore: 100 },
    },
  ])
  expect(house.judged[0]).toMatchObject({ answers, before: recordedCheck('fail').before })
  expect(await house.db.judgement.count()).toBe(2)
  const asked = house.service.requests.length
  expect(await classroom.applyRegrade(teacher, assignment, {}, preview.token)).toBe(1)
  expect(house.service.requests).toHaveLength(asked)
  expect(await house.grade(ada.person)).toMatchObject({ share: 1 })
  expect(await house.grade(grace.person)).toMatchObject({ share: 1 })
  const history = await house.db.judgement.findMany({
    where: { submissionId: ada.id },
    orderBy: { createdAt: 'asc' },
  })
  expect(history.map(({ cause, status }) => `${cause} ${status}`)).toEqual(['check fail', 'regrade pass'])
  const entry = await house.db.auditEntry.findFirstOrThrow({ where: { action: 'grades.judged' } })
  expect(entry.detail).toMatchObject({ judged: 2, changed: 1 })
  expect((await classroom.previewRegrade(teacher, assignment, {})).changes).toEqual([])
})

test('what is not any more as it was shown is not applied', async () => {
  await using house = await judging()
  await house.handedIn('Ada', 'fail')
  const { token } = await house.classroom.previewRegrade(house.teacher, house.assignment, {})
  house.judges(lenient(50))
  await expect(
    house.classroom.applyRegrade(house.teacher, house.assignment, {}, token),
  ).rejects.toMatchObject({ problem: { code: 'changed-since-preview' } })
  expect(await house.db.judgement.count()).toBe(1)
})

test('one lab, or one submission, and nothing else', async () => {
  await using house = await judging({
    labs: [
      { lab, weight: 1 },
      { lab: 'silent-drop', weight: 1 },
    ],
  })
  const [ada, grace] = [
    await house.handedIn('Ada', 'fail'),
    await house.handedIn('Grace', 'fail', 'silent-drop'),
  ]
  const preview = (scope: object) => house.classroom.previewRegrade(house.teacher, house.assignment, scope)
  expect((await preview({ lab: 'silent-drop' })).changes.map(({ submission }) => submission)).toEqual([
    grace.id,
  ])
  const { changes, token } = await preview({ submission: ada.id })
  expect(changes.map(({ submission }) => submission)).toEqual([ada.id])
  await house.classroom.applyRegrade(house.teacher, house.assignment, { submission: ada.id }, token)
  expect(await house.grade(grace.person)).toMatchObject({ share: 0.333333 })
})

test('a judge that stumbles changes nobody; one that was mended judges what had been an error', async () => {
  await using house = await judging()
  const [ada, grace] = [await house.handedIn('Ada', 'pass'), await house.handedIn('Grace', 'error')]
  expect(await house.grade(grace.person)).toMatchObject({ state: 'error', attempts: 0 })
  const { classroom, teacher, assignment } = house
  house.judges({ ...recordedCheck('pass').verdict, status: 'error' })
  expect(await classroom.previewRegrade(teacher, assignment, {})).toMatchObject({
    judged: 2,
    failed: 2,
    changes: [],
  })
  house.judges(lenient(60))
  const { token } = await classroom.previewRegrade(teacher, assignment, {})
  expect(await classroom.applyRegrade(teacher, assignment, {}, token)).toBe(2)
  expect(await house.grade(ada.person)).toMatchObject({ share: 0.6 })
  expect(await house.grade(grace.person)).toMatchObject({ state: 'submitted', share: 0.6, attempts: 1 })
  expect(await classroom.submission(grace.person, grace.id)).toMatchObject({ state: 'graded', problem: null })
})

test('an override is the last word with its reason, outlasts a regrade of all, and is taken back by a regrade of this one', async () => {
  await using house = await judging({ dueAt: '2020-01-01T00:00', lateDueAt: '2099-01-01T00:00' })
  const { classroom, teacher, assignment } = house
  const ada = await house.handedIn('Ada', 'fail')
  for (const [percent, reason] of [
    [101, 'x'],
    [Number.NaN, 'x'],
    [50, ' '],
  ] as const)
    await expect(classroom.overrideGrade(teacher, ada.id, percent, reason)).rejects.toMatchObject({
      status: 400,
    })
  await classroom.overrideGrade(teacher, ada.id, 80, ' The load was unfair ')
  expect(await house.grade(ada.person)).toMatchObject({ share: 0.8, overridden: true })
  expect(await house.db.auditEntry.findFirstOrThrow({ where: { action: 'grade.overridden' } })).toMatchObject(
    {
      subjectId: ada.person.id,
      detail: { reason: 'The load was unfair', score: 80 },
    },
  )
  expect(await classroom.previewRegrade(teacher, assignment, {})).toMatchObject({
    overridden: 1,
    changes: [],
  })
  const scope = { submission: ada.id }
  const { token } = await classroom.previewRegrade(teacher, assignment, scope)
  await classroom.applyRegrade(teacher, assignment, scope, token)
  expect(await house.grade(ada.person)).toMatchObject({ share: 1, overridden: false, state: 'late' })
  expect(await house.db.judgement.count()).toBe(3)
})
