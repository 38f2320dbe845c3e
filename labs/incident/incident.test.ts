/** An incident is judged as the lab that it is; what it says of it until the stage is named is tested in unnamed.test.ts. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { judgeAgain } from '../../grader/grade.ts'
import { openCatalog } from '../catalog.ts'
import type { Finding, Lab } from '../schema.ts'
import { scriptsAt } from '../scripts.ts'
import { recordingsOf } from '../shop/recorded.ts'
import { cases } from './cases.ts'
import { criteria, criterionOf, disguised } from './criteria.ts'
import incident from './lab.ts'
import { type Variant, variantOf } from './variant.ts'

const lab = incident as Lab
const catalog = await openCatalog()
const seeds = Array.from({ length: 40 }, (_, seed) => seed)

test('every case comes up, and neighbours differ', () => {
  const drawn = seeds.map((seed) => variantOf(seed).is)
  expect(new Set(drawn)).toEqual(new Set(cases.map(({ meta }) => meta.id)))
  expect(drawn.every((is, i) => is !== drawn[i + 1])).toBe(true)
})

test('a seed runs the scripts of the lab that it is, with the criteria called as here', () => {
  const ids = criteria.map(({ id }) => id)
  for (const seed of seeds.slice(0, cases.length)) {
    const own = catalog.get(variantOf(seed).is)
    const scripts = scriptsAt(catalog.get('incident'), seed)
    expect(scripts.breakScript).toBe(own.breakScript)
    expect(scripts.solves).toEqual(own.solves)
    expect(scripts.wrongs.map(({ script }) => script)).toEqual(own.wrongs.map(({ script }) => script))
    for (const { fails } of scripts.wrongs) expect(ids).toContain(fails)
  }
})

describe.each(cases.map(({ meta }) => meta.id))('the case %s', (id) => {
  const { names, recorded } = recordingsOf(join(import.meta.dirname, '..', id))
  /** A seed of the lab's own of which it has recordings. */
  const seed = Number(names.find((name) => name.endsWith('-solve'))?.[0])
  const variant: Variant = { is: id, seed }
  const played: Lab = { ...lab, variant: () => variant }
  const before = recorded(`${seed}-broken`)
  const answers = lab.referenceAnswers(before, variant)
  const judged = (after: unknown) => judgeAgain({ lab: played, seed: 0, before, after, answers })

  test('mended passes', () => {
    const { criteria, maxScore } = judged(recorded(`${seed}-solve`))
    // Another machine was recorded mended; its counters did not go on from those of the broken one.
    const short = criteria.filter(({ id, status }) => status !== 'pass' && id !== 'value')
    expect(short).toEqual([])
    expect(maxScore).toBe(100)
  })

  test('unfixed fails, with the diagnosis alone', () => {
    expect(judged(before)).toMatchObject({ status: 'fail', score: 30 })
  })
})

describe('several findings as one', () => {
  const specs = [
    { id: 'app', kind: 'collateral', title: '', maxPoints: 5 },
    { id: 'firewall', kind: 'collateral', title: '', maxPoints: 10 },
    { id: 'durable', kind: 'repair', title: '', maxPoints: 5 },
    { id: 'queue', kind: 'repair', title: '', maxPoints: 15 },
  ] as const
  const finding = (status: Finding['status'], share: number, feedback = status): Finding => ({
    status,
    share,
    feedback,
    evidence: [{ label: feedback, after: '' }],
  })

  test('have the worst status, and their points by weight', () => {
    const { unharmed } = disguised([...specs], {
      stage: finding('pass', 1),
      app: finding('fail', 0),
      firewall: finding('pass', 1),
    })
    expect(unharmed).toMatchObject({ status: 'fail', feedback: 'fail pass' })
    expect(unharmed?.share).toBeCloseTo(10 / 15)
    expect(unharmed?.evidence).toHaveLength(2)
  })

  test('that could not be judged are no pass and no fail', () => {
    const { unharmed } = disguised([...specs], { app: finding('error', 0), firewall: finding('fail', 0) })
    expect(unharmed?.status).toBe('error')
  })

  test('that are missing are an error', () => {
    expect(disguised([...specs], {}).served?.status).toBe('error')
  })

  test('durable stays what it is; everything else goes by its kind', () => {
    expect(specs.map(({ id }) => criterionOf([...specs], id))).toEqual([
      'unharmed',
      'unharmed',
      'durable',
      'mended',
    ])
  })
})
