import { describe, expect, test } from 'vitest'
import { assigned, homework } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { answers, recordedCheck } from '../testing/recorded.ts'

type House = Awaited<ReturnType<typeof testClassroom>>

async function rounds(house: House) {
  while ((await house.classroom.submitDue()) > 0) await new Promise((done) => setTimeout(done, 15))
}

describe('beginning', () => {
  test('a double click begins once, practice stays apart, and the grade says running', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled, grade } = await assigned(house, { maxAttempts: 1 })
    const ada = await enrolled()
    const practice = await house.classroom.startLab(ada, lab)
    const both = await Promise.all([1, 2].map(() => house.classroom.startTry(ada, assignment, lab)))
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
    expect(both[0]?.id).not.toBe(practice.id)
    expect(await house.classroom.currentAttempt(ada, lab)).toMatchObject({ id: practice.id })
    expect(await grade(ada)).toMatchObject({ state: 'running', attempts: 1, share: null })
  })

  test('not before its release, not after the last moment, not with a lab that is not in it', async () => {
    await using house = await testClassroom()
    const { teacher, cohort, assignment, enrolled } = await assigned(house, { releaseAt: '2099-01-01T08:00' })
    const ada = await enrolled()
    await expect(house.classroom.startTry(ada, assignment, lab)).rejects.toThrow(
      /opens on 2099-01-01, 08:00 \(Europe\/Berlin\)/,
    )
    const over = await house.classroom.makeAssignment(teacher, cohort, {
      ...homework,
      dueAt: '2020-01-01T08:00',
    })
    await house.classroom.publishAssignment(teacher, over)
    await expect(house.classroom.startTry(ada, over, lab)).rejects.toMatchObject({
      problem: { code: 'too-late' },
    })
    const extension = {
      dueAt: '2099-01-01T08:00',
      lateDueAt: '',
      extraMinutes: 0,
      extraAttempts: 0,
      excused: false,
      reason: 'ill',
    }
    await house.classroom.giveExtension(teacher, over, ada.id, extension)
    await expect(house.classroom.startTry(ada, over, 'silent-drop')).rejects.toMatchObject({ status: 404 })
    expect((await house.classroom.startTry(ada, over, lab)).deadlineAt).toBe('2099-01-01T07:00:00.000Z')
  })

  test('only attempts that were judged are spent; a lost machine comes again with the same seed', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled } = await assigned(house, { maxAttempts: 2, seedPolicy: 'attempt' })
    const ada = await enrolled()
    const lost = await house.classroom.startTry(ada, assignment, lab)
    house.service.machines.clear()
    const again = await house.classroom.startTry(ada, assignment, lab)
    expect(again.id).not.toBe(lost.id)
    expect(again.seed).toBe(lost.seed)
    await house.classroom.handIn(ada, again.id, answers)
    const second = await house.classroom.startTry(ada, assignment, lab)
    expect(second.seed).not.toBe(again.seed)
    await house.classroom.handIn(ada, second.id, answers)
    await expect(house.classroom.startTry(ada, assignment, lab)).rejects.toMatchObject({
      problem: { code: 'no-attempts-left' },
    })
  })

  test('what the terms forbid is refused while one works on it, and only then', async () => {
    await using house = await testClassroom()
    const terms = { ...homework.terms, hints: false, rewind: false }
    const { assignment, enrolled } = await assigned(house, { terms })
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    const refused = { problem: { code: 'not-allowed-here' } }
    await expect(house.classroom.showHint(ada, lab, 1)).rejects.toMatchObject(refused)
    await expect(house.classroom.saveMoment(ada, id, 'x')).rejects.toMatchObject(refused)
    await expect(house.classroom.finish(ada, id)).rejects.toMatchObject({
      problem: { code: 'hand-in-instead' },
    })
    await house.classroom.handIn(ada, id, null)
    await house.classroom.showHint(ada, lab, 1)
  })
})

describe('handing in', () => {
  test('stores verdict, judgement and grade, ends the machine, and freezes the attempt', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled, grade } = await assigned(house)
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    await house.classroom.showHint(ada, lab, 1)
    const twice = await Promise.all([1, 2].map(() => house.classroom.handIn(ada, id, answers)))
    expect(twice.map(({ attempt }) => attempt)).toEqual([id, id])
    expect(await house.classroom.submission(ada, id)).toMatchObject({ state: 'graded', automatic: false })
    expect(await grade(ada)).toMatchObject({ state: 'submitted', share: 0.99, attempts: 1, submissionId: id })
    expect(await house.db.judgement.count()).toBe(1)
    expect(await house.db.verdict.findFirstOrThrow()).toMatchObject({ status: 'pass', answers })
    expect(house.service.machines.has(id)).toBe(false)
    expect(house.service.kept.has(id)).toBe(true)
    expect(await house.db.attempt.findFirstOrThrow()).toMatchObject({ state: 'finished' })
  })

  test('from the moment it is handed in nothing is done to it, although its machine waits for a check', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled } = await assigned(house)
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    house.service.faults.duringCheck = async () => {
      expect(house.service.machines.get(id)?.frozen).toBe(true)
      const frozen = { problem: { code: 'already-handed-in' } }
      await expect(house.classroom.reset(ada, id)).rejects.toMatchObject(frozen)
      await expect(house.classroom.ticket(ada, id, 'terminal')).rejects.toMatchObject(frozen)
    }
    expect(await house.classroom.handIn(ada, id, answers)).toMatchObject({ state: 'graded' })
  })

  test('answers that the lab does not ask for are no answers: it is judged, and no outage', async () => {
    await using house = await testClassroom({ loopTimes: { leaseMs: 5_000, againMs: 1, tries: 3 } })
    const labs = [
      { lab, weight: 1 },
      { lab: 'silent-drop', weight: 1 },
    ]
    const { assignment, enrolled, grade } = await assigned(house, { labs })
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    house.service.faults.verdict = recordedCheck('fail')
    const submission = await house.classroom.handIn(ada, id, { figures: {} })
    expect(submission).toMatchObject({ state: 'graded', problem: null })
    expect(await house.db.verdict.findFirstOrThrow()).toMatchObject({ status: 'fail', answers: null })
    expect(await grade(ada)).toMatchObject({ state: 'submitted', share: 0.333333, attempts: 1 })
    const { total } = await house.classroom.myAssignment(ada, assignment)
    expect(total).toBeCloseTo(0.333333 / 2)
  })

  test('somebody else’s is not there, and practice is not handed in', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled } = await assigned(house)
    const [ada, grace] = [await enrolled('Ada'), await enrolled('Grace')]
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    await expect(house.classroom.handIn(grace, id, null)).rejects.toMatchObject({ status: 404 })
    const practice = await house.classroom.startLab(ada, lab)
    await expect(house.classroom.handIn(ada, practice.id, null)).rejects.toMatchObject({ status: 400 })
    expect(await house.db.submission.count()).toBe(0)
  })
})

describe('when time is up', () => {
  test('it hands itself in at the deadline, with the diagnosis of the last check', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled, grade, timeIsUp } = await assigned(house, { minutes: 60 })
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    await house.classroom.check(ada, id, answers)
    await rounds(house)
    expect(await house.db.submission.count()).toBe(0)
    await timeIsUp()
    await rounds(house)
    const attempt = await house.db.attempt.findFirstOrThrow({ include: { submission: true } })
    expect(attempt.submission).toMatchObject({
      state: 'graded',
      automatic: true,
      submittedAt: attempt.deadlineAt,
    })
    expect(await house.db.judgement.findFirstOrThrow({ include: { source: true } })).toMatchObject({
      source: { answers },
    })
    expect(await grade(ada)).toMatchObject({ state: 'submitted', share: 1 })
  })

  test('it is up so many minutes after the machine was ready, which may have waited for others', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled } = await assigned(house, { minutes: 60 })
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    const machine = house.service.machines.get(id)
    const ready = Date.parse(machine?.startedAt ?? '') + (machine?.startMs ?? 0)
    expect((await house.classroom.attempt(ada, id))?.deadlineAt).toBe(
      new Date(ready + 3_600_000).toISOString(),
    )
  })

  test('no reset gives more time, also when nobody had asked for the first machine', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled } = await assigned(house, { minutes: 60 })
    const ada = await enrolled()
    const { id, deadlineAt } = await house.classroom.startTry(ada, assignment, lab)
    await house.db.attempt.updateMany({ data: { readyAt: null } })
    const startedAt = new Date(Date.now() + 3_000_000).toISOString()
    Object.assign(house.service.machines.get(id) ?? {}, { generation: 1, startedAt, startMs: 40_000 })
    expect((await house.classroom.attempt(ada, id))?.deadlineAt).toBe(deadlineAt)
  })

  test('it hands in the diagnosis that stood in the form, though it was never checked', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled, timeIsUp } = await assigned(house, { minutes: 60 })
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    await house.classroom.check(ada, id, { ...answers, value: 1 })
    await house.classroom.keepAnswers(ada, id, answers)
    // A check without one takes it not back, and whoever goes on elsewhere finds it.
    await house.classroom.check(ada, id, null)
    expect((await house.classroom.attempt(ada, id))?.answers).toEqual(answers)
    await timeIsUp()
    const late = house.classroom.keepAnswers(ada, id, { ...answers, value: 4711 })
    await expect(late).rejects.toMatchObject({ status: 409 })
    await rounds(house)
    const { source } = await house.db.judgement.findFirstOrThrow({ include: { source: true } })
    expect(source?.answers).toEqual(answers)
  })

  test('who empties the form and hands in by word hands in no diagnosis', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled } = await assigned(house, { minutes: 60 })
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    await house.classroom.check(ada, id, answers)
    await house.classroom.handIn(ada, id, null)
    const { source } = await house.db.judgement.findFirstOrThrow({ include: { source: true } })
    expect(source?.answers).toBeNull()
  })

  test('what is found after the deadline is not handed in: the last check’s diagnosis is', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled, timeIsUp } = await assigned(house, { minutes: 60 })
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    await house.classroom.check(ada, id, answers)
    await timeIsUp()
    await house.classroom.handIn(ada, id, { ...answers, stage: 'ring', value: 4711 } as typeof answers)
    const { source } = await house.db.judgement.findFirstOrThrow({ include: { source: true } })
    expect(source?.answers).toEqual(answers)
  })

  test('one that cannot be handed in holds nobody up, and is left alone for a while', async () => {
    await using house = await testClassroom()
    const { teacher, cohort, assignment, enrolled } = await assigned(house, { minutes: 60 })
    const broken = await house.classroom.makeAssignment(teacher, cohort, { ...homework, minutes: 60 })
    await house.classroom.publishAssignment(teacher, broken)
    const [ada, grace] = [await enrolled('Ada'), await enrolled('Grace')]
    await house.classroom.startTry(ada, broken, lab)
    await house.classroom.startTry(grace, assignment, lab)
    await house.db.assignment.update({ where: { id: broken }, data: { terms: {} } })
    await house.db.attempt.updateMany({ data: { deadlineAt: new Date(Date.now() - 1_000) } })
    await expect(house.classroom.submitDue()).rejects.toThrow()
    expect(await house.db.submission.findMany()).toMatchObject([{ state: 'graded' }])
    expect(await house.classroom.submitDue()).toBe(0)
  })

  test('a word that comes after the deadline is as if it came at the deadline', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled, timeIsUp } = await assigned(house, { minutes: 60 })
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    await timeIsUp()
    await expect(house.classroom.check(ada, id, answers)).rejects.toMatchObject({ status: 409 })
    const { deadlineAt } = await house.db.attempt.findFirstOrThrow()
    expect((await house.classroom.handIn(ada, id, null)).submittedAt).toBe(deadlineAt?.toISOString())
  })

  test('many processes at once hand each in once', async () => {
    await using house = await testClassroom()
    const { assignment, enrolled, timeIsUp } = await assigned(house, { minutes: 60 })
    for (const name of ['Ada', 'Grace', 'Edsger', 'Barbara'])
      await house.classroom.startTry(await enrolled(name), assignment, lab)
    await timeIsUp()
    const houses = [house.classroom, house.another(), house.another()]
    await Promise.all(houses.map((one) => one.submitDue()))
    await rounds(house)
    expect(await house.db.submission.count({ where: { state: 'graded' } })).toBe(4)
    expect(await house.db.judgement.count()).toBe(4)
    expect(house.service.requests.filter((one) => one.endsWith('/check'))).toHaveLength(4)
  })
})

describe('a check that gives no verdict', () => {
  const quick = { leaseMs: 5_000, againMs: 1, tries: 3 }

  test.each(['error', 'not_gradable'] as const)(
    '%s: tried again, then an error that costs nothing',
    async (status) => {
      await using house = await testClassroom({ loopTimes: quick })
      const { assignment, enrolled, grade } = await assigned(house, { maxAttempts: 1 })
      const ada = await enrolled()
      const { id, seed } = await house.classroom.startTry(ada, assignment, lab)
      // Points that came with it are nobody's.
      house.service.faults.verdict = {
        ...recordedCheck(status),
        verdict: { ...recordedCheck('pass').verdict, status },
      }
      expect(await house.classroom.handIn(ada, id, answers)).toMatchObject({ state: 'due', problem: null })
      expect(await grade(ada)).toMatchObject({ state: 'submitted', share: null })
      await rounds(house)
      const checks = house.service.requests.filter((one) => one.endsWith('/check'))
      expect(checks).toHaveLength(3)
      expect(await house.classroom.submission(ada, id)).toMatchObject({
        state: 'error',
        problem: { code: 'not-judged' },
      })
      expect(await grade(ada)).toMatchObject({ state: 'error', share: null, attempts: 0 })
      expect(await house.classroom.startTry(ada, assignment, lab)).toMatchObject({ seed })
    },
  )

  test('mended in between, it is judged', async () => {
    await using house = await testClassroom({ loopTimes: quick })
    const { assignment, enrolled, grade } = await assigned(house)
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    house.service.faults.refuse = { code: 'x', message: 'The engine is away.', remedy: 'Wait.' }
    await house.classroom.handIn(ada, id, answers)
    house.service.faults.refuse = null
    await new Promise((done) => setTimeout(done, 20))
    await rounds(house)
    expect(await grade(ada)).toMatchObject({ state: 'submitted', share: 1 })
  })

  test('a machine that is not free is checked when it is, and that counts as no try', async () => {
    await using house = await testClassroom({ loopTimes: quick })
    const { assignment, enrolled, grade } = await assigned(house)
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    house.service.faults.refuse = {
      code: 'already-checking',
      message: 'It is being checked.',
      remedy: 'Wait.',
    }
    await house.classroom.handIn(ada, id, answers)
    for (let round = 0; round < 6; round++) {
      await house.classroom.submitDue()
      await new Promise((done) => setTimeout(done, 10))
    }
    expect(await house.db.submission.findFirstOrThrow()).toMatchObject({ state: 'due', tries: 0 })
    house.service.faults.refuse = null
    await new Promise((done) => setTimeout(done, 20))
    await rounds(house)
    expect(await grade(ada)).toMatchObject({ state: 'submitted', share: 1 })
  })

  test('a check that takes its time keeps nobody waiting who has handed in', async () => {
    await using house = await testClassroom({ loopTimes: quick })
    const { assignment, enrolled } = await assigned(house)
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    let tell = () => {}
    house.service.faults.duringCheck = () =>
      new Promise((resolve) => {
        tell = resolve
      })
    const began = performance.now()
    expect(await house.classroom.handIn(ada, id, answers)).toMatchObject({ state: 'due', problem: null })
    expect(performance.now() - began).toBeLessThan(10_000)
    tell()
    await expect.poll(() => house.classroom.submission(ada, id)).toMatchObject({ state: 'graded' })
  })

  test('a machine that is gone is not asked again', async () => {
    await using house = await testClassroom({ loopTimes: quick })
    const { assignment, enrolled, grade, timeIsUp } = await assigned(house, { minutes: 60 })
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    house.service.machines.clear()
    await timeIsUp()
    await rounds(house)
    expect(await house.classroom.submission(ada, id)).toMatchObject({
      problem: { code: 'gone-before-check' },
    })
    expect(await grade(ada)).toMatchObject({ state: 'error', attempts: 0 })
    expect((await house.db.attempt.findFirstOrThrow()).state).toBe('lost')
    expect(house.service.requests.filter((one) => one.endsWith('/check'))).toHaveLength(1)
  })
})
