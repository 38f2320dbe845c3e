import { describe, expect, test } from 'vitest'
import type { CheckResponse } from '../sandbox/protocol/requests.ts'
import { lab, testClassroom } from './testing/classroom.ts'
import { answers, recordedCheck } from './testing/recorded.ts'

test('a verdict counts for the lab that was judged, though the attempt is just becoming another one’s', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  const { verdict, ...rest } = recordedCheck('pass', attempt.seed)
  house.service.faults.verdict = { ...rest, verdict: { ...verdict, lab: 'silent-drop' } }
  await house.classroom.check(person, attempt.id, answers)
  expect(await house.classroom.verdicts(person, lab)).toEqual([])
  expect((await house.classroom.progress(person)).labsPassed).toEqual(['silent-drop'])
})

test('a verdict is stored whole, with all it was judged from, and reads back equal', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  const recorded = recordedCheck('pass', attempt.seed)
  house.service.faults.verdict = recorded

  const view = await house.classroom.check(person, attempt.id, answers)
  expect(view).toMatchObject({ attempt: attempt.id, lab, generation: 0, counts: true, answers })
  expect(view.verdict).toEqual(recorded.verdict)
  expect(await house.classroom.verdicts(person, lab)).toEqual([view])
  expect(JSON.stringify(view)).not.toContain('ümlaut')

  const stored = await house.db.verdict.findUniqueOrThrow({ where: { id: view.id } })
  expect(stored).toMatchObject({ status: 'pass', score: 100, maxScore: 100 })
  expect(JSON.stringify([stored.verdict, stored.before, stored.after, stored.answers])).toBe(
    JSON.stringify([recorded.verdict, recorded.before, recorded.after, answers]),
  )
})

test('a check without a diagnosis, or with evidence that is null, is stored as just that', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  house.service.faults.verdict = { ...recordedCheck('fail'), before: null }
  const view = await house.classroom.check(person, attempt.id, null)
  expect(view.answers).toBeNull()
  expect((await house.db.verdict.findFirstOrThrow()).before).toBeNull()
})

test('checks come newest first, over resets and attempts, and only one’s own', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const stranger = await house.learner('Grace')
  const first = await house.classroom.startLab(person, lab)
  const views = [await house.classroom.check(person, first.id, null)]
  await house.classroom.reset(person, first.id)
  views.unshift(await house.classroom.check(person, first.id, answers))
  await house.classroom.finish(person, first.id)
  const second = await house.classroom.startLab(person, lab)
  views.unshift(await house.classroom.check(person, second.id, answers))
  expect(await house.classroom.verdicts(person, lab)).toEqual(views)
  expect(views.map((view) => view.generation)).toEqual([0, 1, 0])
  expect(await house.classroom.verdicts(stranger, lab)).toEqual([])
})

test('a grading that failed itself is kept, costs nothing and passes nobody', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  for (const status of ['error', 'not_gradable'] as const) {
    house.service.faults.verdict = recordedCheck(status)
    expect(await house.classroom.check(person, attempt.id, answers)).toMatchObject({ counts: false })
  }
  expect(await house.classroom.verdicts(person, lab)).toHaveLength(2)
  expect((await house.classroom.progress(person)).labsPassed).toEqual([])
})

test('a machine that vanishes in the middle of a check is told clearly, and the verdicts before are kept', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  const before = await house.classroom.check(person, attempt.id, answers)
  house.service.faults.duringCheck = async (id) => void house.service.machines.delete(id)
  await expect(house.classroom.check(person, attempt.id, answers)).rejects.toMatchObject({
    problem: { code: 'machine-gone' },
  })
  expect(await house.classroom.verdicts(person, lab)).toEqual([before])
  expect(await house.classroom.attempt(person, attempt.id)).toMatchObject({ state: 'lost' })
})

test('a service that dies in the middle of a check costs nothing: the attempt goes on', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  house.service.faults.duringCheck = () => house.service.down()
  await expect(house.classroom.check(person, attempt.id, answers)).rejects.toMatchObject({
    problem: { code: 'service-unavailable' },
  })
  expect((await house.db.attempt.findFirstOrThrow()).state).toBe('running')
  expect(await house.db.verdict.count()).toBe(0)
})

test('a verdict that comes after the attempt was finished in another tab is not lost', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  house.service.faults.duringCheck = async () => {
    await house.db.attempt.updateMany({ data: { state: 'finished', endedAt: new Date() } })
  }
  await house.classroom.check(person, attempt.id, answers)
  expect(await house.classroom.verdicts(person, lab)).toHaveLength(1)
})

test('answers that are none are refused field by field, before the machine is bothered', async () => {
  await using house = await testClassroom()
  const person = await house.owner()
  const attempt = await house.classroom.startLab(person, lab)
  const wrong = { ...answers, stage: 'the moon', value: -1 } as unknown as typeof answers
  const refused = house.classroom.check(person, attempt.id, wrong)
  await expect(refused).rejects.toMatchObject({ status: 400, problem: { code: 'bad-answers' } })
  await expect(refused).rejects.toThrow(/stage: .*value: /)
  expect(house.service.requests.some((request) => request.endsWith('/check'))).toBe(false)
})

describe('how somebody worked', () => {
  const recorded = recordedCheck('pass')
  const named = (status: 'pass' | 'fail'): CheckResponse => {
    const counter = {
      id: 'counter',
      kind: 'diagnosis',
      title: 'Counter',
      status,
      points: 0,
      maxPoints: 10,
    } as const
    const criteria = [...recorded.verdict.criteria, { ...counter, feedback: '', evidence: [] }]
    return { ...recorded, verdict: { ...recorded.verdict, criteria } }
  }

  async function checked(response: CheckResponse, given: typeof answers | null = answers) {
    await using house = await testClassroom()
    const person = await house.owner()
    const attempt = await house.classroom.startLab(person, lab)
    house.service.faults.verdict = response
    const view = await house.classroom.check(person, attempt.id, given)
    expect(await house.classroom.verdicts(person, lab)).toEqual([view])
    return view
  }

  test('is kept beside the verdict, with the tools and the first look at the counter that they named', async () => {
    const { work } = await checked(named('pass'))
    expect(work).toEqual({
      ...recorded.work,
      tools: [
        { tool: 'ss', count: 1, first: 41 },
        { tool: 'nstat', count: 1, first: 72 },
        { tool: 'systemctl', count: 1, first: 190 },
      ],
      proof: { counter: 'TcpExtListenOverflows', seen: true, at: 72 },
    })
  })

  test('tells of a counter that was named without a look at it', async () => {
    const { work } = await checked({ ...named('pass'), work: { commands: [], older: false } })
    expect(work?.proof).toEqual({ counter: 'TcpExtListenOverflows', seen: false, at: null })
  })

  test('gives the proving counter away to nobody who has not named it', async () => {
    for (const [response, given] of [
      [named('fail'), { ...answers, counter: 'TcpExtListenDrops' }],
      [named('fail'), null],
      [recorded, answers],
    ] as const) {
      const { work } = await checked(response, given)
      expect(work?.tools).toHaveLength(3)
      expect(work?.proof).toBeNull()
    }
  })

  test('may be unknown, forged or absurd: verdict, score and progress are the same', async () => {
    const histories: CheckResponse['work'][] = [
      recorded.work,
      null,
      { commands: [], older: false },
      { commands: [{ at: 0, line: 'nstat -az TcpExtListenOverflows' }], older: false },
      { commands: Array.from({ length: 200 }, () => ({ at: null, line: '$('.repeat(100) })), older: true },
    ]
    const views = []
    for (const work of histories) views.push(await checked({ ...named('pass'), work }))
    const told = views.map(({ verdict, score, counts }) => ({ verdict, score, counts }))
    for (const one of told) expect(one).toEqual(told[0])
    expect(views.map(({ work }) => work === null)).toEqual([false, true, false, false, false])
  })
})
