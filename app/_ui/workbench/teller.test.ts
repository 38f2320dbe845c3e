/** What is told of a form that changes, over a network that fails. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Taken, Teller } from './teller.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A server whose answers are given by hand. */
function bench() {
  const told: { what: string; answer(taken: Taken): void }[] = []
  const became: Taken[] = []
  const teller = new Teller({
    tell: (what) => new Promise((answer) => told.push({ what, answer })),
    became: (state) => became.push(state),
  })
  return {
    teller,
    became,
    told: () => told.map(({ what }) => what),
    async answers(taken: Taken) {
      told.at(-1)?.answer(taken)
      await vi.advanceTimersByTimeAsync(0)
    },
    later: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  }
}

test('a little after the last key, once', async () => {
  const it = bench()
  it.teller.want('a')
  await it.later(900)
  it.teller.want('ab')
  await it.later(900)
  expect(it.told()).toEqual([])
  await it.later(100)
  await it.answers('taken')
  await it.later(60_000)
  expect(it.told()).toEqual(['ab'])
  expect(it.became).toEqual(['taken'])
})

test('what was typed meanwhile is told after the one that is under way, also when it is what stood before', async () => {
  const it = bench()
  it.teller.want('a')
  await it.later(1_000)
  await it.answers('taken')
  it.teller.want('b')
  await it.later(1_000)
  it.teller.want('a')
  await it.later(5_000)
  expect(it.told()).toEqual(['a', 'b'])
  await it.answers('taken')
  await it.later(1_000)
  expect(it.told()).toEqual(['a', 'b', 'a'])
})

test('what failed is told again until it is taken, since it may have arrived in part of the cases also when it is what was told before', async () => {
  const it = bench()
  it.teller.want('a')
  await it.later(1_000)
  await it.answers('taken')
  it.teller.want('b')
  await it.later(1_000)
  await it.answers('failed')
  it.teller.want('a')
  await it.later(1_000)
  expect(it.told()).toEqual(['a', 'b', 'a'])
  await it.answers('failed')
  await it.later(5_000)
  expect(it.told()).toEqual(['a', 'b', 'a', 'a'])
  await it.answers('taken')
  expect(it.became).toEqual(['taken', 'failed', 'failed', 'taken'])
})

test('where it is over nothing more is told', async () => {
  const it = bench()
  it.teller.want('a')
  await it.later(1_000)
  await it.answers('over')
  it.teller.want('b')
  await it.later(60_000)
  expect(it.told()).toEqual(['a'])
  expect(it.became).toEqual(['over'])
})
