/** The codec alone. */
import { expect, test } from 'vitest'
import { decode, encode, encodeFrame, type Frame, FrameDecoder, frameTypes } from '../../wire.ts'

const text = (value: string) => Buffer.from(value)

function event(line: string) {
  return decode({ type: frameTypes.event, channel: 0, payload: text(line) })
}

test('frames come out as they went in, wherever the stream is cut', () => {
  const frames: Frame[] = [
    { type: 0x82, channel: 3, payload: text('hello') },
    { type: 0x83, channel: 0, payload: Buffer.alloc(0) },
    { type: 0x84, channel: 255, payload: Buffer.alloc(300, 7) },
  ]
  const stream = Buffer.concat(frames.map(encodeFrame))
  for (let cut = 0; cut < 40; cut++) {
    const decoder = new FrameDecoder()
    const got = [...decoder.push(stream.subarray(0, cut)), ...decoder.push(stream.subarray(cut))]
    expect(got).toEqual(frames)
  }
  const decoder = new FrameDecoder()
  const small = stream.subarray(0, 17)
  expect([...small].flatMap((byte) => decoder.push(Buffer.from([byte])))).toEqual(frames.slice(0, 2))
})

test('an impossible length is refused before its bytes are waited for', () => {
  expect(() => new FrameDecoder().push(Buffer.from([1, 0, 16, 0, 1, 0]))).toThrow('more than 1 MiB')
  expect(() => encodeFrame({ type: 1, channel: 0, payload: Buffer.alloc((1 << 20) + 1) })).toThrow('1 MiB')
})

test('frames that no world sends are refused', () => {
  expect(() => decode({ type: 0x99, channel: 0, payload: Buffer.alloc(9) })).toThrow('nobody knows')
  expect(() => decode({ type: frameTypes.output, channel: 1, payload: Buffer.alloc(7) })).toThrow('too short')
  const beyond = Buffer.alloc(8, 0xff)
  expect(() => decode({ type: frameTypes.typed, channel: 1, payload: beyond })).toThrow('beyond reason')
})

test('a reason may hold blanks and equals signs', () => {
  expect(event('dead reason=QEMU ended: a=b c')).toMatchObject({
    name: 'dead',
    values: { reason: 'QEMU ended: a=b c' },
  })
  expect(event('terminal-closed term=2 status=-1')).toMatchObject({ values: { term: '2', status: '-1' } })
  expect(event('dead reason=a reason=b')).toMatchObject({ values: { reason: 'a reason=b' } })
})

test('a request is its id, its line and its body', () => {
  const frame = encode({ kind: 'request', id: 258, line: 'exec timeout=1', body: text('ls\n') })
  expect(frame.subarray(6).toString('latin1')).toBe('\x02\x01\0\0exec timeout=1\nls\n')
})
