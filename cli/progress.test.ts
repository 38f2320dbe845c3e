/** Long steps are seen to move, on a terminal and in a log. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createProgress, seconds } from './progress.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function record(isTTY: boolean) {
  return {
    text: '',
    isTTY,
    columns: 60,
    write(text: string) {
      this.text += text
    },
  }
}

const slow = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('in a log a step begins and ends with a line, and tells what it does in between', async () => {
  const stream = record(false)
  const work = createProgress(stream).step('sandbox image', async (note) => {
    await slow(2000)
    note('Unpacking linux-image')
    await slow(6000)
    return 5
  })
  await vi.advanceTimersByTimeAsync(8000)
  expect(await work).toBe(5)
  expect(stream.text).toBe(
    '  sandbox image …\n  sandbox image, 5.0 s: Unpacking linux-image\n✓ sandbox image  8.0 s\n',
  )
})

test('a silent step gives a sign of life every fifteen seconds', async () => {
  const stream = record(false)
  const work = createProgress(stream).step('app build', () => slow(40_000))
  await vi.advanceTimersByTimeAsync(40_000)
  await work
  expect(stream.text.match(/app build, /g)).toHaveLength(2)
})

test('on a terminal the line is rewritten in place and never wraps', async () => {
  const stream = record(true)
  const work = createProgress(stream).step('image', async (note) => {
    note('x'.repeat(500))
    await slow(1000)
  })
  await vi.advanceTimersByTimeAsync(1000)
  await work
  const drawings = stream.text.split('\r\x1b[K').filter(Boolean)
  expect(drawings.length).toBeGreaterThan(5)
  for (const drawing of drawings) expect(drawing.length).toBeLessThanOrEqual(60)
  expect(drawings.at(-1)).toBe('✓ image  1.0 s\n')
})

test('a failed step says so and passes the error on', async () => {
  const stream = record(false)
  const work = createProgress(stream).step('engine', () => Promise.reject(new Error('no')))
  await expect(work).rejects.toThrow('no')
  expect(stream.text).toContain('✗ engine')
})

test('minutes are told as minutes', () => {
  expect(seconds(61_000)).toBe('1 min 1 s')
})
