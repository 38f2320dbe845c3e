/** A machine's waking as a promise, a shell as a list. */
import { expect, test } from 'vitest'
import { offsetBytes } from '../protocol/terminal.ts'
import { HeldInput } from './held-input.ts'

function bench() {
  const typed: string[] = []
  const refused: unknown[] = []
  const held = new HeldInput(
    (message) => typed.push(message.toString('latin1', offsetBytes)),
    (error) => refused.push(error),
  )
  const keys = (text: string) => Buffer.concat([Buffer.alloc(offsetBytes), Buffer.from(text)])
  return {
    typed,
    refused,
    take: (text: string, waking: Promise<void> | null) => held.take(keys(text), waking),
  }
}

function waking() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

test('a line waits until the machine is awake, letters before it do not, and what follows keeps its place', async () => {
  const { typed, refused, take } = bench()
  const { promise, resolve } = waking()
  take('dat', promise)
  expect(typed).toEqual(['dat'])
  take('e\r', promise)
  take('next', promise)
  expect(typed).toEqual(['dat'])
  resolve()
  await promise
  await null
  expect(typed).toEqual(['dat', 'e\r', 'next'])
  take('at once\r', null)
  expect(typed.at(-1)).toBe('at once\r')
  expect(refused).toEqual([])
})

test('two megabytes into a slow waking are refused and not kept, in large pieces and in single keys', async () => {
  for (const piece of ['x'.repeat(16 * 1024), 'x']) {
    const { typed, refused, take } = bench()
    const { promise, resolve } = waking()
    take('\r', promise)
    for (let sent = 0; sent < 2 << 20 && refused.length < 10; sent += piece.length) take(piece, promise)
    expect(refused).toHaveLength(10)
    resolve()
    await promise
    await null
    expect(typed.join('').length).toBeLessThanOrEqual(1 << 20)
    take('\r', Promise.resolve())
    expect(refused).toHaveLength(10)
  }
})

test('all that was held is refused when the machine does not wake, and the next line is held anew', async () => {
  const { typed, refused, take } = bench()
  const failing = Promise.reject(new Error('it does not wake'))
  take('ls\r', failing)
  await failing.catch(() => {})
  await null
  expect(refused).toEqual([new Error('it does not wake')])
  expect(typed).toEqual([])
  take('ls\r', Promise.resolve())
  await null
  await null
  expect(typed).toEqual(['ls\r'])
})
