import { describe, expect, test } from 'vitest'
import { assigned } from '../testing/assigned.ts'
import { lab, testClassroom } from '../testing/classroom.ts'
import { answers, recordedCheck } from '../testing/recorded.ts'

const quick = { leaseMs: 5_000, againMs: 1, tries: 2 }

/** Ada has an attempt that was checked an hour ago, and then its machine is gone. */
async function checked(
  status: 'pass' | 'fail' | 'error' = 'pass',
  input: Parameters<typeof assigned>[1] = {},
) {
  const house = await testClassroom({ loopTimes: quick })
  const setUp = await assigned(house, { dueAt: '2099-01-01T08:00', ...input })
  const ada = await setUp.enrolled()
  const { id } = await house.classroom.startTry(ada, setUp.assignment, lab)
  house.service.faults.verdict = recordedCheck(status)
  await house.classroom.check(ada, id, answers)
  await house.db.verdict.updateMany({ data: { createdAt: new Date(Date.now() - 3_600_000) } })
  house.service.machines.clear()
  return {
    ...house,
    ...setUp,
    ada,
    id,
    /** Somebody looks at the page, which asks for the machine. */
    seen: () => house.classroom.currentTry(ada, setUp.assignment, lab),
    mine: async () => (await house.classroom.myAssignment(ada, setUp.assignment)).labs[0],
    /** Days ago. */
    closed: async (days = 0) => {
      const dueAt = new Date(Date.now() - days * 86_400_000 - 1_000)
      await house.db.assignment.updateMany({ data: { dueAt } })
      await house.db.attempt.updateMany({ data: { deadlineAt: dueAt } })
    },
    async rounds() {
      for (let n = 0; n < 6; n++) {
        await house.classroom.submitDue()
        await new Promise((done) => setTimeout(done, 10))
      }
    },
  }
}

describe('a machine that is gone before the assignment closes', () => {
  test('its last check is handed in at the last moment, in time, exactly once', async () => {
    await using house = await checked()
    await house.seen()
    expect(await house.db.attempt.findFirstOrThrow()).toMatchObject({ state: 'lost' })
    await house.rounds()
    expect(await house.db.submission.count()).toBe(0)
    await house.closed()
    const houses = [house.classroom, house.another(), house.another()]
    await Promise.all(houses.map((one) => one.submitDue()))
    await house.rounds()
    const { createdAt } = await house.db.verdict.findFirstOrThrow()
    expect(await house.db.submission.findMany()).toMatchObject([
      { attemptId: house.id, state: 'graded', automatic: true, submittedAt: createdAt },
    ])
    expect(await house.db.judgement.count()).toBe(1)
    expect([...house.service.kept]).toEqual([house.id])
    expect(await house.grade(house.ada)).toMatchObject({ state: 'submitted', share: 1, attempts: 1 })
    expect((await house.mine())?.submissions).toMatchObject([
      { late: false, problem: { code: 'judged-by-last-check' } },
    ])
  })

  test('the same when nobody opened a page meanwhile', async () => {
    await using house = await checked()
    await house.closed()
    await house.rounds()
    expect(await house.db.judgement.count()).toBe(1)
    expect(await house.grade(house.ada)).toMatchObject({ state: 'submitted', share: 1 })
  })

  test('one that did not pass is worth what it was worth', async () => {
    await using house = await checked('fail')
    await house.closed()
    await house.rounds()
    expect(await house.grade(house.ada)).toMatchObject({ state: 'submitted', share: 0.333333, attempts: 1 })
    expect(await house.classroom.submission(house.ada, house.id)).toMatchObject({ state: 'graded' })
  })

  test('an outage is no check', async () => {
    await using house = await checked('error')
    await house.seen()
    await house.closed()
    await house.rounds()
    expect(await house.db.submission.count()).toBe(0)
  })

  test('an extension moves the last moment, and an assignment that closed long ago is left as it is', async () => {
    await using house = await checked()
    await house.seen()
    await house.closed()
    const later = {
      ...{ dueAt: '2099-07-01T18:00', lateDueAt: '', extraMinutes: 0, extraAttempts: 0, excused: false },
      reason: 'ill',
    }
    await house.classroom.giveExtension(house.teacher, house.assignment, house.ada.id, later)
    await house.rounds()
    expect(await house.db.submission.count()).toBe(0)
    await house.classroom.takeExtension(house.teacher, house.assignment, house.ada.id)
    await house.closed(30)
    await house.rounds()
    expect(await house.db.submission.count()).toBe(0)
    await house.closed(3)
    await house.rounds()
    expect(await house.db.submission.count()).toBe(1)
  })

  test('what was handed in besides stands, and so does an instructor’s word', async () => {
    await using house = await checked()
    await house.seen()
    house.service.faults.verdict = recordedCheck('fail')
    const again = await house.classroom.startTry(house.ada, house.assignment, lab)
    await house.classroom.handIn(house.ada, again.id, answers)
    await house.closed()
    await house.rounds()
    expect(await house.db.submission.findMany()).toMatchObject([{ attemptId: again.id }])
  })
})

describe('the learner hands their last check in', () => {
  test('it is offered while there is time and attempts are left, and counts as handed in when it was made', async () => {
    await using house = await checked('fail', { maxAttempts: 1 })
    await house.seen()
    const { createdAt } = await house.db.verdict.findFirstOrThrow()
    const offered = { attempt: house.id, at: createdAt.toISOString(), passed: false }
    expect(await house.mine()).toMatchObject({ lastCheck: offered, closed: null })
    await house.classroom.handInLastCheck(house.ada, house.id)
    expect(await house.mine()).toMatchObject({
      ...{ state: 'submitted', share: 0.333333, used: 1, closed: 'none-left', lastCheck: null },
      submissions: [{ automatic: false, submittedAt: createdAt.toISOString() }],
    })
    await expect(house.classroom.handInLastCheck(house.ada, house.id)).rejects.toMatchObject({
      problem: { code: 'no-check-to-hand-in' },
    })
    expect(await house.db.judgement.count()).toBe(1)
  })

  test('not one that is open, not an earlier one, not after the last moment, and not somebody else’s', async () => {
    await using house = await checked()
    const { classroom, ada, id } = house
    const refused = { problem: { code: 'no-check-to-hand-in' } }
    await expect(classroom.handInLastCheck(ada, id)).rejects.toMatchObject(refused)
    await house.seen()
    await expect(classroom.handInLastCheck(await house.enrolled('Grace'), id)).rejects.toMatchObject({
      status: 404,
    })
    await house.closed()
    expect((await house.mine())?.lastCheck).toBeNull()
    await expect(classroom.handInLastCheck(ada, id)).rejects.toMatchObject(refused)
    await house.db.assignment.updateMany({ data: { dueAt: null } })
    await classroom.startTry(ada, house.assignment, lab)
    expect((await house.mine())?.lastCheck).toBeNull()
    await expect(classroom.handInLastCheck(ada, id)).rejects.toMatchObject(refused)
  })
})

describe('handed in, and the machine cannot be checked', () => {
  test('a check that passed before is taken at once, and the evidence of the judge that stumbled is kept', async () => {
    await using house = await testClassroom({ loopTimes: { ...quick, tries: 1 } })
    const { assignment, enrolled, grade } = await assigned(house)
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    await house.classroom.check(ada, id, answers)
    house.service.faults.verdict = recordedCheck('error')
    expect(await house.classroom.handIn(ada, id, answers)).toMatchObject({
      state: 'graded',
      problem: { code: 'judged-by-last-check' },
    })
    expect(await grade(ada)).toMatchObject({ state: 'submitted', share: 1, attempts: 1 })
    expect(await house.db.judgement.findMany()).toMatchObject([{ cause: 'check', status: 'pass' }])
    expect(await house.db.verdict.count()).toBe(2)
  })

  test('one that did not pass costs no attempt at once: the learner may begin again, or hand it in', async () => {
    await using house = await testClassroom({ loopTimes: { ...quick, tries: 1 } })
    const { assignment, enrolled, grade } = await assigned(house, { maxAttempts: 1 })
    const ada = await enrolled()
    const { id } = await house.classroom.startTry(ada, assignment, lab)
    house.service.faults.verdict = recordedCheck('fail')
    await house.classroom.check(ada, id, answers)
    house.service.faults.refuse = { code: 'machine-dead', message: 'It stopped.', remedy: 'Wait.' }
    expect(await house.classroom.handIn(ada, id, answers)).toMatchObject({ state: 'error' })
    expect(await grade(ada)).toMatchObject({ state: 'error', attempts: 0 })
    house.service.faults.refuse = null
    expect((await house.classroom.myAssignment(ada, assignment)).labs[0]).toMatchObject({
      ...{ closed: null, lastCheck: { attempt: id, passed: false } },
    })
    await house.classroom.handInLastCheck(ada, id)
    expect(await grade(ada)).toMatchObject({ state: 'submitted', share: 0.333333, attempts: 1 })
  })
})
