import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CountersAnswer } from '../link.ts'
import { type Listener, type Sample, Sampler, type Subject } from './sampler.ts'
import type { CountersSecond } from './schema.ts'
import { aSecond } from './second.fixture.ts'
import type { CounterStore } from './store.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

/** A machine that answers as it is told, and all that was asked of it. */
class Rig {
  asked: number[] = []
  askedAt: number[] = []
  kept: CountersSecond[] = []
  alive = true
  generation = 0
  answer: (since: number) => Promise<CountersAnswer> = async (since) => this.plain(since)
  readonly sampler: Sampler

  constructor(old: CountersSecond[] = []) {
    const store: CounterStore = {
      append: (second) => void this.kept.push(second),
      before: async (t, seconds) => old.filter((second) => second.t < t).slice(-seconds),
      settled: async () => {},
    }
    this.sampler = new Sampler({ store, subject: () => this.#subject() })
  }

  plain(since: number): CountersAnswer {
    const t = Date.now()
    const second = {
      t: Math.floor(t / 1000) - 1,
      started: 1,
      ok: 1,
      failed: 0,
      timeout: 0,
      p50Us: 900,
      p95Us: -1,
    }
    return {
      ...{ t, tookUs: 2_500, wire: { toServer: 1, fromServer: 2, dropped: 0 } },
      seconds: second.t > since ? [{ ...second, maxUs: 900, retrans: 0 }] : [],
      guest: text(8, ' eth0: 5 6 0 0 0 0 0 0 7 8 0 0 0 0 0 0\n'),
    }
  }

  #subject(): Subject | null {
    if (!this.alive) return null
    return {
      generation: this.generation,
      link: {
        counters: ({ since }) => {
          this.asked.push(since)
          this.askedAt.push(Date.now())
          return this.answer(since)
        },
      },
    }
  }
}

function text(id: number, words: string): Buffer {
  const header = Buffer.from([id, 0, words.length & 255, words.length >> 8])
  return Buffer.concat([header, Buffer.from(words)])
}

const ears = () => {
  const heard: Sample[] = []
  const world: number[] = []
  const listener: Listener = {
    sample: (sample) => void heard.push(sample),
    world: (seconds) => void world.push(...seconds.map(({ t }) => t)),
  }
  return { heard, world, listener }
}

describe('a machine', () => {
  test('is asked nothing while nobody watches, and nothing more when the last one has left', async () => {
    const rig = new Rig()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(rig.asked).toEqual([])
    const leave = rig.sampler.watch(ears().listener)
    await vi.advanceTimersByTimeAsync(3_000)
    expect(rig.asked).toHaveLength(4)
    leave()
    leave()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(rig.asked).toHaveLength(4)
  })

  test('is asked once a second however many watch, and all hear the same', async () => {
    const rig = new Rig()
    const all = Array.from({ length: 30 }, ears)
    const leave = all.map(({ listener }) => rig.sampler.watch(listener))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(rig.asked).toHaveLength(6)
    for (const { heard } of all) expect(heard).toEqual(all[0]?.heard)
    leave.slice(1).forEach((one) => void one())
    await vi.advanceTimersByTimeAsync(1_000)
    expect(rig.asked).toHaveLength(7)
    leave[0]?.()
  })

  test('is met at another moment of each of its rounds of whole seconds', async () => {
    const rig = new Rig()
    const leave = rig.sampler.watch(ears().listener)
    await vi.advanceTimersByTimeAsync(10 * 12_000)
    leave()
    const firstOfRound = Array.from({ length: 10 }, (_, round) => {
      const at = rig.askedAt.map((ms) => ms - (rig.askedAt[0] as number) - 12_000 * round)
      return Math.floor(Math.min(...at.filter((ms) => ms >= 0)) / 100)
    })
    expect(new Set(firstOfRound).size).toBeGreaterThan(6)
  })

  test('that is paused or gone is asked nothing, and goes on when it is back', async () => {
    const rig = new Rig()
    const { heard, listener } = ears()
    rig.alive = false
    const leave = rig.sampler.watch(listener)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(rig.asked).toEqual([])
    rig.alive = true
    await vi.advanceTimersByTimeAsync(2_000)
    expect(heard).toHaveLength(2)
    leave()
  })

  test('that refuses is a gap without a line', async () => {
    const rig = new Rig()
    const { heard, listener } = ears()
    rig.answer = async () => {
      throw new Error('counters: the VM is paused')
    }
    const leave = rig.sampler.watch(listener)
    await vi.advanceTimersByTimeAsync(3_000)
    expect([heard, rig.kept]).toEqual([[], []])
    leave()
  })

  test('that is slow is not asked twice at once', async () => {
    const rig = new Rig()
    rig.answer = async (since) => {
      await new Promise((resolve) => setTimeout(resolve, 2_500))
      return rig.plain(since)
    }
    const leave = rig.sampler.watch(ears().listener)
    await vi.advanceTimersByTimeAsync(8_000)
    expect(rig.asked.length).toBeLessThanOrEqual(3)
    leave()
  })
})

describe('a second', () => {
  test('joins guest and world under the world’s clock, and is kept', async () => {
    const rig = new Rig()
    const { heard, world, listener } = ears()
    const leave = rig.sampler.watch(listener)
    await vi.advanceTimersByTimeAsync(2_000)
    // The second question comes within the same second of the world's, and hears of no new one.
    expect(rig.asked).toEqual([0, 999, 999])
    expect(world).toEqual([999, 1_000])
    expect(rig.kept).toEqual(heard.map(({ second }) => second))
    expect(rig.kept[2]).toMatchObject({
      ...{ t: 1_001_940, generation: 0, tookMs: 2.5, wire: { toServer: 1, fromServer: 2, dropped: 0 } },
      world: [{ t: 1_000, ok: 1, p50Ms: 0.9, p95Ms: null }],
      guest: { link: { rxBytes: 5, rxPackets: 6, txPackets: 8 } },
    })
    expect(JSON.parse(heard[2]?.json ?? '')).toEqual(rig.kept[2])
    leave()
  })

  test('that the guest has not answered is a gap, and what is read seldom outlives it', async () => {
    const rig = new Rig()
    rig.answer = async (since) => ({ ...rig.plain(since), guest: text(16, 'somaxconn 8\n') })
    const leave = rig.sampler.watch(ears().listener)
    await vi.advanceTimersByTimeAsync(0)
    rig.answer = async (since) => ({ ...rig.plain(since), guest: null })
    await vi.advanceTimersByTimeAsync(1_000)
    rig.answer = async (since) => rig.plain(since)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(rig.kept.slice(-2).map(({ guest, tookMs }) => [guest?.limits?.somaxconn, tookMs])).toEqual([
      [undefined, null],
      [8, 2.5],
    ])
    leave()
  })

  test('of the next machine has nothing of the one before it', async () => {
    const rig = new Rig()
    rig.answer = async (since) => ({ ...rig.plain(since), guest: text(16, 'somaxconn 8\n') })
    const leave = rig.sampler.watch(ears().listener)
    await vi.advanceTimersByTimeAsync(1_000)
    rig.generation = 1
    rig.answer = async (since) => rig.plain(since)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(rig.asked.at(-1)).toBe(0)
    expect(rig.kept.at(-1)).toMatchObject({ generation: 1, guest: { limits: null } })
    leave()
  })
})

test('whoever comes gets the last two minutes, also those that an earlier service has seen', async () => {
  const old = [aSecond(800_000), aSecond(950_000), aSecond(999_000)]
  const rig = new Rig(old)
  expect((await rig.sampler.recent()).map(({ second }) => second.t)).toEqual([950_000, 999_000])
  const leave = rig.sampler.watch(ears().listener)
  await vi.advanceTimersByTimeAsync(300_000)
  const recent = await rig.sampler.recent()
  expect(recent).toHaveLength(120)
  expect(recent.at(-1)?.second.t).toBe(rig.askedAt.at(-1))
  expect(rig.sampler.world).toHaveLength(120)
  expect(await rig.sampler.past(1_000_000, 2)).toEqual(old.slice(1))
  leave()
  expect(rig.sampler.world).toEqual([])
})

test('an answer that comes when the last one has left is nobody’s', async () => {
  const rig = new Rig()
  rig.answer = async (since) => {
    await new Promise((resolve) => setTimeout(resolve, 500))
    return rig.plain(since)
  }
  const { heard, listener } = ears()
  rig.sampler.watch(listener)()
  await vi.advanceTimersByTimeAsync(2_000)
  expect([heard, rig.kept, rig.sampler.world]).toEqual([[], [], []])
})

test('of many questions for what was before, one at a time is looked for, and one that fails harms no other', async () => {
  const asked: number[] = []
  const answers: ((ok: boolean) => void)[] = []
  const store: CounterStore = {
    append: () => {},
    before: (t) => {
      asked.push(t)
      return new Promise((resolve, reject) => {
        answers.push((ok) => (ok ? resolve([aSecond(t)]) : reject(new Error('the disk is gone'))))
      })
    },
    settled: async () => {},
  }
  const sampler = new Sampler({ store, subject: () => null })
  const [one, other] = [sampler.past(1, 10), sampler.past(2, 10)]
  await vi.advanceTimersByTimeAsync(1)
  expect(asked).toEqual([1])
  answers[0]?.(false)
  await expect(one).rejects.toThrow('the disk is gone')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toEqual([1, 2])
  answers[1]?.(true)
  expect(await other).toMatchObject([{ t: 2 }])
})

test('the past is read once a second at most, however many ask for it', async () => {
  const { sampler } = new Rig([aSecond(1_000)])
  let read = 0
  for (let i = 0; i < 3; i++) void sampler.past(2_000, 1).then(() => read++)
  const after = async (ms: number) => {
    await vi.advanceTimersByTimeAsync(ms)
    return read
  }
  expect([await after(1), await after(900), await after(100), await after(1_000)]).toEqual([1, 1, 2, 3])
})
