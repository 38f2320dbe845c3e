/** When a heading is reached, and when a chapter was read to its end. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { followPlace, hasReadLongEnough, headingReached } from './attention.ts'

const tops = (...values: number[]) => values.map((top, index) => ({ id: `h${index}`, top }))

test('the place is the last heading in the upper third of the window', () => {
  expect(headingReached(tops(-500, 100, 700), 900)).toBe('h1')
  expect(headingReached(tops(-900, -400, -1), 900)).toBe('h2')
})

test('above the first heading there is no place yet, and none in a text without headings', () => {
  expect(headingReached(tops(300, 900), 900)).toBeNull()
  expect(headingReached([], 900)).toBeNull()
})

test('a jump to the end is no reading; a fifth of the time is', () => {
  expect(hasReadLongEnough(10_000, 15)).toBe(false)
  expect(hasReadLongEnough(180_000, 15)).toBe(true)
})

describe('the place is followed', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  /** A chapter with a heading at 100 and one at 1,000 px, in a window of 600. */
  function chapter({ scrollY, hash = '' }: { scrollY: number; hash?: string }) {
    const at: Record<string, number> = { one: 100, two: 1_000 }
    const heard: Record<string, () => void> = {}
    const window = {
      scrollY,
      innerHeight: 600,
      addEventListener: (type: string, listener: () => void) => {
        heard[type] = listener
      },
    }
    vi.stubGlobal('window', window)
    vi.stubGlobal('location', { hash })
    vi.stubGlobal('document', {
      addEventListener() {},
      getElementById: (id: string) => ({
        getBoundingClientRect: () => ({ top: (at[id] ?? 0) - window.scrollY }),
      }),
    })
    const told: string[] = []
    followPlace(['one', 'two'], (id) => told.push(id))
    const scroll = (to: number) => {
      window.scrollY = to
      heard.scroll?.()
    }
    return { told, scroll }
  }

  test('one goes somewhere and stays', () => {
    const { told, scroll } = chapter({ scrollY: 0 })
    scroll(900)
    vi.advanceTimersByTime(2_900)
    expect(told).toEqual([])
    vi.advanceTimersByTime(200)
    expect(told).toEqual(['two'])
  })

  test('one has gone there while the page still loaded', () => {
    const { told } = chapter({ scrollY: 900 })
    vi.advanceTimersByTime(3_100)
    expect(told).toEqual(['two'])
  })

  test('one was led there by the address, or has gone nowhere: that is no reading', () => {
    const led = chapter({ scrollY: 900, hash: '#two' })
    vi.advanceTimersByTime(10_000)
    expect(led.told).toEqual([])
    const opened = chapter({ scrollY: 0 })
    vi.advanceTimersByTime(10_000)
    expect(opened.told).toEqual([])
  })
})
