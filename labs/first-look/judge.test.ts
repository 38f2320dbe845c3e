/**
 * Every judgement on evidence recorded from real machines (recorded/*.txt): looked at, and changed in all the ways of wrong/.
 */
import { describe, expect, test } from 'vitest'
import type { Lab, Sheet } from '../schema.ts'
import { criterion, seedOf, verdictsOf, wrongRecordings } from '../shop/verdicts.fixture.ts'
import { countsAfter, figuresOf } from './evidence.ts'
import firstLook from './lab.ts'
import { questions } from './questions.ts'
import { variantOf } from './variant.ts'

const lab = firstLook as Lab
const {
  names,
  seeds,
  recorded,
  broken: found,
  reference,
  verdict,
} = verdictsOf<Sheet>(lab, import.meta.dirname)

describe('the machine', () => {
  test.each(seeds)('of seed %i has the limits of its variant, and those of the image', (seed) => {
    const { backlog, connections, halfOpen, accept, receiveBuffer, descriptors } = variantOf(seed)
    expect(figuresOf(found(seed))).toMatchObject({
      ring: 1024,
      backlog,
      connections,
      'half-open': halfOpen,
      accept,
      'receive-buffer': receiveBuffer,
      descriptors,
      threads: 8,
    })
  })

  test('has other limits than its neighbour’s', () => {
    const others = Array.from({ length: 12 }, (_, seed) => variantOf(seed))
    for (const name of Object.keys(others[0] ?? {}) as (keyof (typeof others)[0])[])
      expect(new Set(others.map((one) => one[name])).size).toBeGreaterThan(4)
  })
})

describe('a question', () => {
  const textOf = (id: string) => questions.find((one) => one.id === id)?.text

  test.each(['backlog', 'half-open', 'accept'])(
    'about the queue %s is about its limit: how many fit is another number',
    (id) => {
      expect(textOf(id)).toMatch(/limit/)
      expect(textOf(id)).not.toMatch(/how (many|long)/i)
    },
  )

  test('about the receive buffer is about a socket made now: an accepted connection has its listener’s', () => {
    expect(textOf('receive-buffer')).toMatch(/socket .* made now/)
    expect(textOf('receive-buffer')).not.toMatch(/connection/)
  })
})

describe('a sheet', () => {
  test.each(names.filter((name) => /^\d-solve/.test(name)))('rightly filled in passes: %s', (name) => {
    expect(verdict(seedOf(name), recorded(name))).toMatchObject({
      status: 'pass',
      score: 100,
      maxScore: 100,
    })
  })

  test('that is empty earns what the server earns by being left alone', () => {
    expect(verdict(1, recorded('1-solve'), null)).toMatchObject({ status: 'fail', score: 40 })
  })

  test.each(questions.map(({ id }) => id))('with another figure for %s loses that question alone', (id) => {
    const { figures } = reference(1)
    const judged = verdict(1, recorded('1-solve'), { figures: { ...figures, [id]: (figures[id] ?? 0) - 1 } })
    expect(judged.criteria.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual([id])
    expect(judged.score).toBe(94)
  })

  test('with a question left open loses that question alone', () => {
    const { ring: _, ...figures } = reference(1).figures
    expect(verdict(1, recorded('1-solve'), { figures })).toMatchObject({ status: 'fail', score: 94 })
  })

  test('of a neighbour fails at most questions', () => {
    const judged = verdict(1, recorded('1-solve'), reference(2))
    expect(
      judged.criteria.filter(({ kind, status }) => kind === 'diagnosis' && status === 'fail').length,
    ).toBeGreaterThan(5)
  })

  test('may give any value that a count has had until now, and none of tomorrow', () => {
    const after = recorded('1-solve')
    const now = countsAfter(after).processed as number
    const given = (processed: number) =>
      criterion(verdict(1, after, { figures: { ...reference(1).figures, processed } }), 'processed')?.status
    expect(given(now)).toBe('pass')
    expect(given(now + 1)).toBe('fail')
  })

  test('is told nothing about the right figures', () => {
    const judged = verdict(1, recorded('1-solve'), { figures: { ring: 7 } })
    const said = judged.criteria
      .filter(({ kind }) => kind === 'diagnosis')
      .map(({ feedback, evidence }) => feedback + JSON.stringify(evidence))
      .join()
    for (const value of Object.values(reference(1).figures))
      expect(said).not.toMatch(new RegExp(`\\b${value}\\b`))
  })
})

describe('whoever does more than look', async () => {
  const { cases, missing } = await wrongRecordings(lab, names)

  test('has been recorded in every way', () => expect(missing).toEqual([]))

  test.each(cases)('$name fails $fails', ({ name, fails }) => {
    const judged = verdict(seedOf(name), recorded(name))
    expect(judged.status).toBe('fail')
    expect(criterion(judged, fails)?.status).toBe('fail')
  })

  test('is shown what was changed, and no limit that was not', () => {
    const { evidence = [] } = criterion(verdict(1, recorded('1-bigger-ring')), 'untouched') ?? {}
    expect(evidence).toEqual([
      { label: questions[0].text, before: '1024', after: expect.stringMatching(/^\d+$/) },
    ])
  })
})

test('a server that says nothing of itself passes nothing', () => {
  const mute = { ...recorded('1-solve'), state: '', counters: '' }
  const { status, criteria } = verdict(1, mute)
  expect(status).not.toBe('pass')
  expect(criteria.find(({ id }) => id === 'untouched')?.status).toBe('fail')
})
