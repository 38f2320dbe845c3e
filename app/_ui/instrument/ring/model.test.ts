/** The ring against what machines of ours have shown, and against the rules of NAPI. */
import { describe, expect, test } from 'vitest'
import { type RingSettings, type RingState, ringSettled, startRing, stepRing } from './model.ts'

/** One wave, from the first interrupt to the last poll; `works` is what each poll took. */
function wave(settings: RingSettings): RingState & { works: number[] } {
  let state = startRing()
  const works: number[] = []
  while (!ringSettled(state, settings)) {
    state = stepRing(state, settings)
    expect(state.waiting).toBeLessThanOrEqual(settings.places)
    expect(state.taken + state.lost + state.waiting).toBe(state.come)
    if (state.work !== null) works.push(state.work)
  }
  return { ...state, works }
}

describe('the figures of the chapter', () => {
  test('64 places deliver 263 of 800, and the card counts 537', () => {
    const { taken, lost } = wave({ places: 64, wave: 800, pace: 195 })
    expect({ taken, lost }).toEqual({ taken: 263, lost: 537 })
  })

  test('a ring that is long enough is emptied by twelve polls of 64 and one of 32', () => {
    const { works, lost } = wave({ places: 1024, wave: 800, pace: 195 })
    expect(works).toEqual([...Array(12).fill(64), 32])
    expect(lost).toBe(0)
  })

  test('4096 places take the next wave whole', () => {
    expect(wave({ places: 4096, wave: 800, pace: 195 }).lost).toBe(0)
  })
})

describe('the rules of NAPI', () => {
  test('what comes slower than it is carried up costs an interrupt for every few frames', () => {
    const { interrupts, lost, works } = wave({ places: 64, wave: 800, pace: 30 })
    expect(lost).toBe(0)
    expect(interrupts).toBe(works.length)
    expect(Math.max(...works)).toBeLessThan(64)
  })

  test('as long as polls find a full 64 the interrupt stays masked', () => {
    expect(wave({ places: 4096, wave: 8000, pace: 195 }).interrupts).toBe(1)
  })

  test('a wave that ends on a full 64 is polled once more, in vain, before the interrupt is enabled', () => {
    const { works, masked } = wave({ places: 1024, wave: 640, pace: 390 })
    expect(works.slice(-2)).toEqual([64, 0])
    expect(masked).toBe(false)
  })

  test('no length of ring helps when frames come faster for long enough; it only loses later', () => {
    const long = wave({ places: 4096, wave: 8000, pace: 195 })
    const longer = wave({ places: 4096, wave: 5000, pace: 195 })
    expect(long.lost).toBeGreaterThan(0)
    expect(longer.lost).toBe(0)
  })
})

test('the larger of two rings never loses more', () => {
  const lost = [64, 128, 256, 512, 1024, 2048, 4096].map(
    (places) => wave({ places, wave: 3000, pace: 195 }).lost,
  )
  expect(lost).toEqual([...lost].sort((a, b) => b - a))
})
