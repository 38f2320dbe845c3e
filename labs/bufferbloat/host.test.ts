/** Whose time was lacking: on recordings of real machines, changed as a host or a server that has no time would change them. */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../schema.ts'
import type { Evidence } from '../shop/evidence.ts'
import { criterion, quiet, starved, verdictsOf } from '../shop/verdicts.fixture.ts'
import { idleShareOf } from './evidence.ts'
import bufferbloat from './lab.ts'
import { groupsOf } from './load.ts'
import { variantOf } from './variant.ts'

const { names, seeds, recorded, broken, verdict } = verdictsOf(bufferbloat as Lab, import.meta.dirname)
const [seed] = seeds as [number]

describe('a busy host', () => {
  const mended = recorded(`${seed}-solve`)
  const changed = (
    evidence: Evidence,
    groups: string[],
    change: (one: Evidence['load']['results'][number]) => Partial<Evidence['load']['results'][number]>,
  ): Evidence => {
    const of = groupsOf(evidence.asked)
    const results = evidence.load.results.map((one, i) =>
      groups.includes(of[i] as string) ? { ...one, ...change(one) } : one,
    )
    return { ...evidence, load: { ...evidence.load, results } }
  }
  const slow = (one: { connectUs: number; totalUs: number }) => ({
    connectUs: one.connectUs + 200_000,
    totalUs: one.totalUs + 600_000,
  })
  /** Of its processors' time it had so many percent left, beside the downloads. */
  const left = (evidence: Evidence, percent: number): Evidence => ({
    ...evidence,
    counters: evidence.counters
      .replace(/(@@ cpu-before\n).*/, '$1cpu  0 0 0 0 0 0 0 0 0 0')
      .replace(/(@@ cpu-after\n).*/, `$1cpu  ${100 - percent} 0 0 ${percent} 0 0 0 0 0 0`),
  })
  const silent = (evidence: Evidence): Evidence => ({
    ...evidence,
    counters: evidence.counters.replace(/(@@ cpu-before\n).*/, '$1'),
  })

  test('is known by what the processors of the server had left', () => {
    expect(idleShareOf(left(mended, 70))).toBeCloseTo(0.7)
    expect(idleShareOf(silent(mended))).toBeNull()
    for (const name of names.filter((one) => /broken|solve/.test(one)))
      expect(idleShareOf(recorded(name)), name).toBeGreaterThan(0.5)
  })

  test('that holds up everybody, also before the downloads, is nobody’s fault', () => {
    expect(verdict(seed, changed(mended, ['idle', 'loaded'], slow)).status).toBe('error')
    expect(verdict(seed, starved(changed(mended, ['idle', 'loaded'], slow))).status).toBe('error')
  })

  test('that leaves the server no time is nobody’s fault', () => {
    const late = changed(mended, ['loaded'], slow)
    expect(verdict(seed, left(late, 30)).status).toBe('error')
    expect(verdict(seed, starved(silent(late))).status).toBe('error')
  })

  test('is no excuse where visits are held up beside the downloads alone', () => {
    const late = changed(mended, ['loaded'], slow)
    for (const one of [left(late, 70), quiet(silent(late))])
      expect(criterion(verdict(seed, one), 'prompt')?.status).toBe('fail')
  })

  test('is no excuse where the queue itself says that it is as it was', () => {
    const one = verdict(seed, starved(left(broken(seed), 10)))
    expect(criterion(one, 'prompt')).toMatchObject({ status: 'fail', points: 0 })
    // The host took that time, or may have.
    expect(criterion(one, 'prompt')?.feedback).not.toMatch(/processors/)
  })

  test('that has nothing to send into the line is none of the server’s', () => {
    const starved = changed(mended, ['download'], ({ bytes }) => ({ bytes: Math.round(bytes / 4) }))
    const emptied = {
      ...starved,
      counters: starved.counters.replaceAll(/"qlen":\d+/g, '"qlen":0'),
    }
    expect(criterion(verdict(seed, emptied), 'contract')?.status).toBe('error')
    expect(criterion(verdict(seed, starved), 'contract')?.status).toBe('fail')
  })

  describe('that says itself that it had time', () => {
    const feedback = (evidence: Evidence, id: string) => criterion(verdict(seed, evidence), id)?.feedback

    test('is no excuse for a server whose processors are busy', () => {
      const late = left(changed(mended, ['loaded'], slow), 30)
      expect(criterion(verdict(seed, quiet(late)), 'prompt')?.status).toBe('fail')
      expect(criterion(verdict(seed, quiet(late)), 'queue')?.status).toBe('fail')
      expect(feedback(quiet(late), 'prompt')).toMatch(/processors were busy meanwhile: 30 % of their time/)
      expect(feedback(quiet(left(late, 70)), 'prompt')).not.toMatch(/processors/)
    })

    test('is no excuse for a server that is slow before anybody downloads', () => {
      const late = quiet(changed(mended, ['idle', 'loaded'], slow))
      expect(criterion(verdict(seed, late), 'prompt')).toMatchObject({ status: 'fail', points: 0 })
      expect(feedback(late, 'prompt')).toMatch(/slow before anybody downloaded, too: to connect took 20\d ms/)
      const never = () => ({ outcome: 'connect-timeout' as const, connectUs: -1, totalUs: 3_000_000 })
      const silenced = quiet(changed(mended, ['idle', 'loaded'], never))
      expect(feedback(silenced, 'prompt')).toMatch(/none of 13 visits was answered in time/)
    })

    test('is no excuse for a server that sends nothing into the line', () => {
      const little = changed(mended, ['download'], ({ bytes }) => ({ bytes: Math.round(bytes / 4) }))
      const empty = { ...little, counters: little.counters.replaceAll(/"qlen":\d+/g, '"qlen":0') }
      expect(criterion(verdict(seed, quiet(empty)), 'contract')?.status).toBe('fail')
    })

    test('is believed no further than that: with others there, the server’s own word counts again', () => {
      const late = left(changed(mended, ['loaded'], slow), 30)
      const some = { ...late, load: { ...late.load, host: { left: 1.2 } } }
      expect(verdict(seed, some).status).toBe('error')
      expect(
        criterion(verdict(seed, { ...some, load: { ...some.load, host: { left: 1.6 } } }), 'prompt')?.status,
      ).toBe('fail')
    })

    test('needs not say so of a server that lets go next to nothing', () => {
      const rate = variantOf(seed).rateKbit
      const late = changed(mended, ['idle', 'loaded'], slow)
      const drip = { ...late, counters: late.counters.replaceAll(`"rate":${rate * 125}`, '"rate":312') }
      expect(criterion(verdict(seed, starved(drip)), 'prompt')?.status).toBe('fail')
    })
  })
})
