/** The window against the kernel's rules (6.12, net/ipv4/tcp_output.c) and what chapter 9 and the lab small-window have shown. */
import { describe, expect, test } from 'vitest'
import {
  initialWindow,
  selectWindow,
  sendBuffer,
  startWindow,
  stepWindow,
  upload,
  type WindowSettings,
  type WindowState,
  windowSettled,
  writeWaits,
} from './model.ts'

const base: WindowSettings = { buffer: 131_072, reads: 0, roundTrip: 100 }

function then(steps: number, change: Partial<WindowSettings>, from?: WindowState): WindowState {
  const settings = { ...base, ...change } as WindowSettings
  let state = from ?? startWindow(settings)
  for (let step = 0; step < steps; step++) {
    state = stepWindow(state, settings)
    expect(state.held + state.unread + state.read + state.unwritten).toBe(upload)
  }
  return state
}

describe('the first window', () => {
  test('of 131072 is 65160: half of it, cut to 45 whole segments, as tcpdump showed', () => {
    expect(initialWindow(131_072)).toBe(65_160)
  })

  test.each([6144, 7000, 8192])('of %i bytes of buffer is two segments, as in the lab', (buffer) => {
    expect(initialWindow(buffer)).toBe(2896)
  })

  test('is never more than the SYN-ACK can say', () => {
    expect(initialWindow(6_291_456)).toBe(65_535)
  })
})

describe('what is offered', () => {
  test('of an empty buffer is half of it, in units of 128', () => {
    expect(selectWindow(131_072, 0)).toBe(65_536)
    expect(selectWindow(8191, 0)).toBe(4096)
  })

  test('is nothing below a sixteenth of the whole', () => {
    expect(selectWindow(131_072, 65_536 - 4096)).toBe(4096)
    expect(selectWindow(131_072, 65_536 - 4095)).toBe(0)
  })

  test('is nothing below a segment', () => {
    expect(selectWindow(8192, 4096 - 1536)).toBe(1536)
    expect(selectWindow(8192, 4096 - 1447)).toBe(0)
  })
})

describe('when nobody reads', () => {
  const shut = then(10, {})

  test('the window closes, is said to be zero once, and nothing more comes', () => {
    expect(shut.window).toBe(0)
    expect(shut.zeroAdvertised).toBe(1)
    expect(windowSettled(shut, base)).toBe(true)
    expect(stepWindow(shut, base)).toBe(shut)
  })

  test('an offer that was made is kept: a little more than half of the buffer has come in', () => {
    expect(shut.unread).toBe(67_336)
  })

  test('the client’s kernel holds 1,182,848 bytes, as ss showed, and its write waits', () => {
    expect(shut.held).toBe(sendBuffer)
    expect(writeWaits(shut)).toBe(true)
  })

  test('a read that makes room opens it again, and all twenty megabytes come', () => {
    const open = then(400, { reads: 10_000_000 }, shut)
    expect(open.read).toBe(upload)
    expect(open.zeroAdvertised).toBe(1)
  })
})

describe('how fast it is', () => {
  const speed = (change: Partial<WindowSettings>) => {
    const { roundTrip } = { ...base, ...change }
    const [early, late] = [then(40, change), then(140, change)]
    return ((late.read - early.read) * 1000) / (100 * roundTrip)
  }

  test('a reader that keeps up: window divided by round trip', () => {
    expect(speed({ reads: 10_000_000 }) / 1000).toBeCloseTo(646, -1)
    expect(speed({ reads: 10_000_000, roundTrip: 200 }) / 1000).toBeCloseTo(323, -1)
  })

  test('two segments of window are about 30 kB/s at 100 ms, the rate of the story', () => {
    expect(speed({ buffer: 6144, reads: 10_000_000 }) / 1000).toBeCloseTo(30, 0)
  })

  test.each([20_000, 100_000, 500_000])(
    'a slow reader: %i bytes a second, and no more are let in',
    (reads) => {
      expect(speed({ reads }) / reads).toBeCloseTo(1, 1)
    },
  )
})
