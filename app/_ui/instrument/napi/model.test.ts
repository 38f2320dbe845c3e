/** Turns of net_rx_action against its code (6.12, net/core/dev.c) and against the trace in the chapter. */
import { describe, expect, test } from 'vitest'
import { type NapiSettings, type NapiState, napiSettled, startNapi, stepNapi, type TurnEnd } from './model.ts'

const base: NapiSettings = { queues: 1, waiting: 320, cost: 3, budget: 300 }

interface Turn {
  works: number[]
  queues: number[]
  end: TurnEnd | null
}

function turnsOf(change: Partial<NapiSettings>): { turns: Turn[]; last: NapiState } {
  const settings = { ...base, ...change } as NapiSettings
  const turns: Turn[] = []
  let last = startNapi(settings)
  while (!napiSettled(last)) {
    last = stepNapi(last, settings)
    if (last.end === null) continue
    const works = last.polls.map(({ work }) => work)
    turns.push({ works, queues: last.polls.map(({ queue }) => queue), end: last.end })
  }
  return { turns, last }
}

describe('one busy queue', () => {
  test('makes turns of one poll of 64, as the trace shows, and never meets the budget', () => {
    const { turns, last } = turnsOf({ waiting: 160 })
    expect(turns.map(({ works }) => works)).toEqual([[64], [64], [32]])
    expect(last.squeezed).toBe(0)
  })

  test('gains nothing from a larger budget', () => {
    expect(turnsOf({ budget: 3000 })).toEqual(turnsOf({ budget: 300 }))
  })

  test('with a budget of 1 is cut short in every turn that has a packet, and nothing is lost', () => {
    const { turns, last } = turnsOf({ budget: 1 })
    expect(last.squeezed).toBe(5)
    expect(last.turns).toBe(turns.length)
    expect(last.processed).toBe(320)
  })

  test('is polled once more in vain after a last full 64', () => {
    expect(turnsOf({ waiting: 64 }).turns.map(({ works }) => works)).toEqual([[64], [0]])
  })
})

describe('many busy queues', () => {
  test.each([1, 2, 3, 4])('%i of them do not reach 300', (queues) => {
    expect(turnsOf({ queues }).last.squeezed).toBe(0)
  })

  test('five of them do: 320 packets, and the fifth poll is done whole', () => {
    const { turns } = turnsOf({ queues: 5 })
    expect(turns[0]).toEqual({ works: [64, 64, 64, 64, 64], queues: [0, 1, 2, 3, 4], end: 'budget' })
  })

  test('those that had no poll come first in the next turn, the full ones after them', () => {
    const { turns } = turnsOf({ queues: 7 })
    expect(turns[1]?.queues).toEqual([5, 6, 0, 1, 2])
  })

  test('cut short with nothing left to do still counts', () => {
    const { turns, last } = turnsOf({ queues: 5, waiting: 63, budget: 300 })
    expect(turns).toHaveLength(1)
    expect(last.squeezed).toBe(1)
    expect(last.end).toBe('done')
  })
})

test('dear packets end a turn by its time: 64 of 100 µs are 6.4 ms, twice that is over 8', () => {
  const { turns } = turnsOf({ queues: 4, cost: 100 })
  expect(turns[0]).toEqual({ works: [64, 64], queues: [0, 1], end: 'time' })
})

describe('ksoftirqd', () => {
  test('takes over after ten turns in a row', () => {
    const settings = { ...base, waiting: 64 * 12, cost: 1 }
    const by: string[] = []
    for (let state = startNapi(settings); !napiSettled(state); ) {
      state = stepNapi(state, settings)
      by.push(state.by)
    }
    expect(by.slice(0, 10)).toEqual(Array(10).fill('softirq'))
    expect(by[10]).toBe('ksoftirqd')
  })

  test('takes over after 2 ms, and what is left is still all carried up', () => {
    const { last } = turnsOf({ cost: 50 })
    expect(last.by).toBe('ksoftirqd')
    expect(last.processed).toBe(320)
  })
})
