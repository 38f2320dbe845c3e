/** What a reader can do with an instrument, on one that counts to five. */
import { expect, test } from 'vitest'
import type { Instrument } from './instrument.ts'
import { begin, type Push, pushed, type Run } from './run.ts'

const counter: Instrument<{ by: number; from: number }, number> = {
  id: 'counter',
  title: '',
  model: '',
  unit: '',
  periodMs: 1,
  knobs: [
    { id: 'by', label: '', stops: [1, 2] },
    { id: 'from', label: '', stops: [0, 3], restarts: true },
  ],
  defaults: { by: 1, from: 0 },
  start: ({ from }) => from,
  step: (state, { by }) => state + by,
  settled: (state) => state >= 5,
  Picture: () => null,
  readings: () => [],
  summary: String,
}

const after = (...pushes: Push[]): Run =>
  pushes.reduce((run, push) => pushed(counter as Instrument, run, push), begin(counter as Instrument))
const ticks = (count: number): Push[] => Array(count).fill({ do: 'tick' })

test('a step is a step, many are many, and none leads beyond the end', () => {
  expect(after({ do: 'step', times: 1 }).state).toBe(1)
  expect(after({ do: 'step', times: 10 }).state).toBe(5)
})

test('it moves by itself only while it plays, and stops where nothing moves any more', () => {
  expect(after(...ticks(3)).state).toBe(0)
  expect(after({ do: 'play' }, ...ticks(3))).toMatchObject({ state: 3, playing: true })
  expect(after({ do: 'play' }, ...ticks(9))).toMatchObject({ state: 5, playing: false })
  expect(after({ do: 'play' }, ...ticks(2), { do: 'pause' }, ...ticks(2)).state).toBe(2)
})

test('who steps has taken it into their own hand', () => {
  expect(after({ do: 'play' }, { do: 'step', times: 1 }).playing).toBe(false)
})

test('played at its end it begins anew, with the knobs as they are', () => {
  const over = [
    { do: 'turn', knob: 'by', value: 2 },
    { do: 'step', times: 9 },
  ] as Push[]
  expect(after(...over, { do: 'play' })).toMatchObject({ state: 0, playing: true, settings: { by: 2 } })
  expect(after(...over, { do: 'again' })).toMatchObject({ state: 0, playing: false, settings: { by: 2 } })
})

test('a knob acts at once, or makes a new start where the machine’s own would', () => {
  const two = { do: 'step', times: 2 } as Push
  expect(after(two, { do: 'turn', knob: 'by', value: 2 }).state).toBe(2)
  expect(after(two, { do: 'turn', knob: 'from', value: 3 }).state).toBe(3)
  expect(after({ do: 'play' }, { do: 'turn', knob: 'from', value: 3 }).playing).toBe(true)
})
