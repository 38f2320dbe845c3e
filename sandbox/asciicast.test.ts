/** Recordings can be counted back to the bytes they hold, whatever a program prints. */
import { describe, expect, test } from 'vitest'
import {
  CastError,
  CastReader,
  castMarks,
  eventLine,
  headerLine,
  recordedBytes,
  takeText,
} from './asciicast.ts'

const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}

describe('text of a recording', () => {
  test('is what was printed, wherever it is cut', () => {
    const printed = Buffer.from('grüße 接続 🦀 \u001b[31mred\u001b[0m\r\n\ufeffbom')
    for (let cut = 0; cut <= printed.length; cut++) {
      const first = takeText(printed.subarray(0, cut))
      const second = takeText(Buffer.concat([first.rest, printed.subarray(cut)]))
      expect(first.text + second.text).toBe(printed.toString())
      expect(first.rest.length).toBeLessThan(4)
    }
  })

  test('counts every byte, of rubbish too', () => {
    const chance = random(7)
    for (let round = 0; round < 300; round++) {
      const printed = Buffer.from(
        Array.from({ length: 200 }, () => {
          const kind = chance()
          return kind < 0.5 ? 97 : Math.floor(chance() * 256)
        }),
      )
      let rest = Buffer.alloc(0)
      let counted = 0
      for (let at = 0; at < printed.length; ) {
        const next = Math.min(printed.length, at + 1 + Math.floor(chance() * 20))
        const taken = takeText(Buffer.concat([rest, printed.subarray(at, next)]), next === printed.length)
        counted += recordedBytes(taken.text)
        rest = Buffer.from(taken.rest)
        at = next
      }
      expect(counted).toBe(printed.length)
    }
  })

  test('keeps a real replacement character apart from a broken byte', () => {
    expect(recordedBytes(takeText(Buffer.from('a\ufffdb')).text)).toBe(5)
    expect(takeText(Buffer.from([97, 0xff, 98])).text).toBe('a\ufffdb')
    expect(recordedBytes('a\ufffdb')).toBe(3)
    for (const broken of [
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xc0, 0x80],
      [0xe2, 0x82, 0x61],
    ])
      expect(recordedBytes(takeText(Buffer.from(broken), true).text)).toBe(broken.length)
  })
})

describe('a recording read back', () => {
  const header = headerLine({ cols: 80, rows: 24, timestamp: 1_700_000_000, title: 'Shell 1' })

  test('tells where it stands', () => {
    const reader = new CastReader()
    const lines = [
      header,
      eventLine([0.1, 'o', 'ü"\\\r\n']),
      eventLine([0.2, 'r', '100x30']),
      eventLine([0.2, 'm', castMarks.missing(1000)]),
      eventLine([3, 'o', 'x']),
      eventLine([4, 'm', castMarks.full]),
    ]
    for (const line of lines) reader.line(line.trim())
    expect(reader.state).toMatchObject({
      offset: 6 + 1000 + 1,
      seconds: 4,
      size: { cols: 100, rows: 30 },
      full: true,
      ended: false,
      events: 5,
    })
  })

  test('of another format is refused', () => {
    for (const lines of [
      ['{"version":1,"width":80,"height":24}'],
      [header, '[1, "o"]'],
      [header, '[1, "x", "y"]'],
      [header, '[-1, "o", "y"]'],
      [header, '[2, "o", "y"]', '[1, "o", "y"]'],
      [header, '[2, "r", "0x24"]'],
      ['[1, "o", "y"]'],
    ]) {
      const reader = new CastReader()
      expect(() => {
        for (const line of lines) reader.line(line.trim())
      }).toThrow(CastError)
    }
  })
})
