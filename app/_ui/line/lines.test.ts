/** A line finds the terminal of another tab, or waits for the one that opens here. Over Node's own BroadcastChannel, as between tabs. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as page from './lines.ts'
import { isLine, sendLine, type Taken, takeLine, typed, wishLine } from './lines.ts'

const stops: (() => void)[] = []
/** A terminal on this page; what was typed in it. */
const terminal = (attempt: string, takes: Taken = 'typed'): string[] => heard(page, attempt, takes)

/** One in another tab: a page of its own, which has nothing but the channel in common with this one. */
async function tab(attempt: string, takes: Taken = 'typed'): Promise<string[]> {
  vi.resetModules()
  return heard(await import('./lines.ts'), attempt, takes)
}

function heard({ hearLines }: typeof page, attempt: string, takes: Taken): string[] {
  const lines: string[] = []
  stops.push(
    hearLines(attempt, (line) => {
      if (takes === 'typed') lines.push(line)
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
  const [mine, other] = [await tab('a'), await tab('b')]
  expect(await sendLine('a', 'ss -lnt')).toBe('other')
  expect([mine, other]).toEqual([['ss -lnt'], []])
})

test('the terminal beside the line gets it, and no tab is asked', async () => {
  const other = await tab('a')
  const mine = terminal('a')
  expect(await sendLine('a', 'ss -lnt')).toBe('here')
  expect([mine, other]).toEqual([['ss -lnt'], []])
})

test('what this page’s terminal does not take is run in no tab out of sight', async () => {
  const other = await tab('a')
  terminal('a', 'no')
  expect(await sendLine('a', 'ss -lnt')).toBeNull()
  expect(other).toEqual([])
})

test('of two tabs with the same machine one runs it', async () => {
  const [first, second] = [await tab('a'), await tab('a')]
  expect(await sendLine('a', 'ss -lnt')).toBe('other')
  expect([...first, ...second]).toEqual(['ss -lnt'])
})

test('over plain http from another machine, where browsers make no UUIDs, a line arrives all the same', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  const mine = await tab('a')
  expect(await sendLine('a', 'ss -lnt')).toBe('other')
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
    later({ type: 'ran', ask: data.ask, tab: 'slow', took: 'typed' })
  })
  expect(await sendLine('a', 'ss -lnt')).toBe('other')
  expect(lines).toEqual(['ss -lnt'])
})

test('a program that has the whole screen gets nothing, here or in another tab, and the sender is told so', async () => {
  const other = await tab('a', 'full-screen')
  expect(await sendLine('a', 'ss -lnt')).toBe('full-screen')
  const mine = terminal('a', 'full-screen')
  expect(await sendLine('a', 'ss -lnt')).toBe('full-screen')
  expect([mine, other]).toEqual([[], []])
})

test('no tab, or one whose terminal takes nothing: the sender is told', async () => {
  expect(await sendLine('a', 'ss -lnt')).toBeNull()
  await tab('a', 'no')
  expect(await sendLine('a', 'ss -lnt')).toBeNull()
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
  const [there, here] = [await tab('a'), terminal('b')]
  for (const attempt of ['a', 'b']) expect(await sendLine(attempt, 'reboot\rid')).toBeNull()
  sessionStorage.setItem('ringside:line', JSON.stringify({ attempt: 'a', line: 'a\nb', at: Date.now() }))
  expect(takeLine('a')).toBeNull()
  sessionStorage.setItem('ringside:line', '{')
  expect(takeLine('a')).toBeNull()
  expect([there, here]).toEqual([[], []])
})

test('a line is typed over what stood at the prompt, and entered', () => {
  expect(typed('ss -lnt')).toBe('\u0015ss -lnt\r')
})
