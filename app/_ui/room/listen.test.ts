import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listen, type Source, type World } from './listen.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

class FakeSource implements Source {
  onmessage: Source['onmessage'] = null
  onopen: Source['onopen'] = null
  onerror: Source['onerror'] = null
  closed = false
  readonly events: Record<string, () => void> = {}
  addEventListener(type: string, listener: () => void) {
    this.events[type] = listener
  }
  close() {
    this.closed = true
  }
}

function page({ random = 1 } = {}) {
  const sources: FakeSource[] = []
  const urls: string[] = []
  let seen = true
  let change = () => {}
  const news = vi.fn()
  const live = vi.fn()
  const world: World = {
    open(url) {
      urls.push(url)
      sources.push(new FakeSource())
      return sources.at(-1) as Source
    },
    isSeen: () => seen,
    onChange(listener) {
      change = listener
      return () => {}
    },
    random: () => random,
  }
  let path = '/a'
  const line = listen(() => path, { news, live }, world)
  return {
    line,
    sources,
    urls,
    news,
    live,
    last: () => sources.at(-1) as FakeSource,
    see(now: boolean) {
      seen = now
      change()
    },
    go: (to: string) => {
      path = to
    },
  }
}

test('news arrive, and a lost line is opened again within ten seconds, however often it was lost', () => {
  const { last, news, live, sources } = page()
  last().onmessage?.({ data: '1' })
  expect(news).toHaveBeenCalledWith('1')
  expect(live).toHaveBeenLastCalledWith(true)
  for (let loss = 1; loss <= 8; loss++) {
    last().onerror?.()
    expect(live).toHaveBeenLastCalledWith(false)
    vi.advanceTimersByTime(10_000)
    expect(sources).toHaveLength(loss + 1)
  }
  last().onopen?.()
  last().onerror?.()
  vi.advanceTimersByTime(400)
  expect(sources).toHaveLength(10)
})

test('a room that lost its server does not come back in one moment', () => {
  const [early, late] = [page({ random: 0 }), page({ random: 1 })]
  for (const one of [early, late]) one.last().onerror?.()
  vi.advanceTimersByTime(250)
  expect([early.sources.length, late.sources.length]).toEqual([2, 1])
})

test('a line on which nothing beats is a lost one', () => {
  const { last, sources } = page()
  last().onopen?.()
  for (let beat = 0; beat < 5; beat++) {
    vi.advanceTimersByTime(15_000)
    last().events.beat?.()
  }
  expect(sources).toHaveLength(1)
  vi.advanceTimersByTime(41_000)
  expect(sources).toHaveLength(2)
  expect(sources[0]?.closed).toBe(true)
})

test('a page in the background lets go after a while, and is back at once when it is seen', () => {
  const { last, sources, see } = page()
  see(false)
  vi.advanceTimersByTime(5_000)
  see(true)
  vi.advanceTimersByTime(20_000)
  expect(last().closed).toBe(false)
  see(false)
  vi.advanceTimersByTime(10_000)
  expect(last().closed).toBe(true)
  see(true)
  expect(sources).toHaveLength(2)
})

test('where there is nothing to hear nobody asks again', () => {
  const { last, sources, see } = page()
  last().events.none?.()
  last().onerror?.()
  see(true)
  vi.advanceTimersByTime(60_000)
  expect(sources).toHaveLength(1)
})

test('who finds no place and misses nothing asks again after a minute or two, or from another page', () => {
  const { last, sources, line } = page({ random: 0 })
  last().onopen?.()
  last().events.later?.()
  last().onerror?.()
  expect(last().closed).toBe(true)
  vi.advanceTimersByTime(59_000)
  expect(sources).toHaveLength(1)
  vi.advanceTimersByTime(1_000)
  expect(sources).toHaveLength(2)
  last().events.later?.()
  line.again()
  expect(sources).toHaveLength(3)
  vi.advanceTimersByTime(35_000)
  expect(sources).toHaveLength(3)
})

test('on another page it is opened under its address, and the old one is heard no more', () => {
  const { line, go, urls, sources, news } = page()
  go('/b')
  line.again()
  expect(urls).toEqual(['/a', '/b'])
  expect(sources[0]?.closed).toBe(true)
  sources[0]?.onmessage?.({ data: 'late' })
  sources[0]?.onerror?.()
  expect(news).not.toHaveBeenCalled()
  line.stop()
  vi.advanceTimersByTime(60_000)
  expect(sources).toHaveLength(2)
})
