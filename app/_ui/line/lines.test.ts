/** A line finds the terminal of another tab, or waits for the one that opens here. Over Node's own BroadcastChannel, as between tabs. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hearLines, isLine, sendToTab, takeLine, typed, wishLine } from './lines.ts'

const stops: (() => void)[] = []
/** A tab with a terminal; what was typed in it. */
function tab(attempt: string, takes = true): string[] {
  const lines: string[] = []
  stops.push(
    hearLines(attempt, (line) => {
      if (takes) lines.push(line)
      return takes
    }),
  )
  return lines
}

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
})
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  vi.unstubAllGlobals()
})

test('the tab with this machine gets the line, no other', async () => {
  const [mine, other] = [tab('a'), tab('b')]
  expect(await sendToTab('a', 'ss -lnt')).toBe(true)
  expect([mine, other]).toEqual([['ss -lnt'], []])
})

test('of two tabs with the same machine one runs it', async () => {
  const [first, second] = [tab('a'), tab('a')]
  expect(await sendToTab('a', 'ss -lnt')).toBe(true)
  expect([...first, ...second]).toEqual(['ss -lnt'])
})

test('over plain http from another machine, where browsers make no UUIDs, a line arrives all the same', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  const mine = tab('a')
  expect(await sendToTab('a', 'ss -lnt')).toBe(true)
  expect(mine).toEqual(['ss -lnt'])
})

test('a tab that is slow has run it all the same, and it is run nowhere else', async () => {
  const lines: string[] = []
  const channel = new BroadcastChannel('ringside:line')
  stops.push(() => channel.close())
  const later = (answer: object) => setTimeout(() => channel.postMessage(answer), 500)
  channel.addEventListener('message', ({ data }: MessageEvent) => {
    if (data.type === 'who') later({ type: 'here', ask: data.ask, tab: 'slow' })
    if (data.type !== 'run') return
    lines.push(data.line)
    later({ type: 'ran', ask: data.ask, tab: 'slow', took: true })
  })
  expect(await sendToTab('a', 'ss -lnt')).toBe(true)
  expect(lines).toEqual(['ss -lnt'])
})

test('no tab, or one whose terminal takes nothing: the sender is told', async () => {
  expect(await sendToTab('a', 'ss -lnt')).toBe(false)
  tab('a', false)
  expect(await sendToTab('a', 'ss -lnt')).toBe(false)
})

test('a wish is for one machine, for once, and for a while', () => {
  wishLine('a', 'ss -lnt', 0)
  expect(takeLine('b', 1)).toBeNull()
  expect(takeLine('a', 1)).toBe('ss -lnt')
  expect(takeLine('a', 2)).toBeNull()
  wishLine('a', 'ss -lnt', 0)
  expect(takeLine('a', 60_000)).toBeNull()
})

test('what is not one line of letters is not typed, wherever it comes from', async () => {
  for (const line of ['', 'a\nb', 'a\r', '\u001b[A', 'a\u202e', 7, null, 'x'.repeat(501)])
    expect(isLine(line)).toBe(false)
  const lines = tab('a')
  expect(await sendToTab('a', 'reboot\rid')).toBe(false)
  sessionStorage.setItem('ringside:line', JSON.stringify({ attempt: 'a', line: 'a\nb', at: Date.now() }))
  expect(takeLine('a')).toBeNull()
  sessionStorage.setItem('ringside:line', '{')
  expect(takeLine('a')).toBeNull()
  expect(lines).toEqual([])
})

test('a line is typed over what stood at the prompt, and entered', () => {
  expect(typed('ss -lnt')).toBe('\u0015ss -lnt\r')
})
