import { describe, expect, test } from 'vitest'
import { openCatalog } from '../../labs/catalog.ts'
import { liveCountersShown } from './rights.ts'

const graded = { criteria: [{ id: 'x', kind: 'repair', title: 'x', maxPoints: 1 }] as const }
const lab = { criteria: [...graded.criteria] }

describe('live counters', () => {
  test('stay hidden in a lab with a fault until a diagnosis was handed in', () => {
    expect(liveCountersShown({ lab, diagnosed: false })).toBe(false)
    expect(liveCountersShown({ lab, diagnosed: true })).toBe(true)
  })
  test('are shown where there is no fault to find', () => {
    expect(liveCountersShown({ lab: { criteria: [] }, diagnosed: false })).toBe(true)
    expect(liveCountersShown({ lab: { ...lab, questions: [] }, diagnosed: false })).toBe(true)
  })
  test('go by the room where it says otherwise', () => {
    expect(liveCountersShown({ lab, diagnosed: false, policy: 'always' })).toBe(true)
    expect(liveCountersShown({ lab: { criteria: [] }, diagnosed: true, policy: 'never' })).toBe(false)
  })
  test('of the course’s own labs: the playground and the first look alone', async () => {
    const catalog = await openCatalog()
    const all = [...catalog.list(), catalog.get('playground')]
    const shown = all.filter(({ lab }) => liveCountersShown({ lab, diagnosed: false }))
    expect(shown.map(({ lab }) => lab.meta.id).sort()).toEqual(['first-look', 'playground'])
  })
})
