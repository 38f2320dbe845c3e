/** What is typed faster than a shell reads: kept whole and in order, at no cost to anybody else. */
import { expect, test } from 'vitest'
import { TypedAhead } from './link-typed.ts'

const mebibyte = 1 << 20

test('a mebibyte that comes byte by byte arrives whole and in order, and does not hold up the service', () => {
  const arrived: Buffer[] = []
  let length = 0
  const ahead = new TypedAhead(1, 0, (message) => {
    if (message.kind !== 'input') return
    expect(message.offset).toBe(length)
    arrived.push(Buffer.from(message.bytes))
    length += message.bytes.length
  })
  for (let i = 0; i < mebibyte; i++) ahead.type(i, Uint8Array.of(i % 251))
  // More is not taken; its sender has it still.
  ahead.type(mebibyte, Uint8Array.of(0))
  for (let confirmed = -1; confirmed < length; ) {
    confirmed = length
    ahead.typed(confirmed)
  }
  const all = Buffer.concat(arrived)
  expect(all.length).toBe(mebibyte)
  expect(all.every((byte, i) => byte === i % 251)).toBe(true)
  ahead.type(mebibyte, Uint8Array.of(7))
  expect(length).toBe(mebibyte + 1)
})

test('what the world has lost is sent again from there, and what it has is not', async () => {
  const sent: [number, string][] = []
  const ahead = new TypedAhead(1, 10, (message) => {
    if (message.kind === 'input') sent.push([message.offset, Buffer.from(message.bytes).toString()])
  })
  ahead.type(10, Buffer.from('hello '))
  ahead.type(12, Buffer.from('llo world'))
  ahead.typed(13)
  ahead.gap(14)
  await expect
    .poll(() => sent)
    .toEqual([
      [10, 'hello '],
      [16, 'world'],
      [14, 'o world'],
    ])
  ahead.leave()
})
