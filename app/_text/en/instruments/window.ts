/** Texts of the window that closes. */
import { texts } from '../../language.ts'
import { number } from './frame.ts'

const rate = (perSecond: number): string =>
  perSecond >= 1_000_000
    ? `${number(Math.round(perSecond / 100_000) / 10)} MB/s`
    : `${number(Math.round(perSecond / 100) / 10)} kB/s`

export const windowText = /* @__PURE__ */ texts('windowText', {
  title: 'A window that closes',
  model:
    'one client with 20 MB to send; no loss, no congestion control, and no line is the limit. The buffer does not grow, and half of its memory is data, which is what the kernel reckons with at first.',
  unit: 'one round trip',
  buffer: 'Receive buffer (rb), bytes',
  reads: 'The program reads, at most',
  roundTrip: 'Round trip',
  ms: (value: number) => `${value} ms`,
  perSecond: rate,
  window: 'window, bytes',
  speed: 'comes in, now',
  most: 'window ÷ round trip',
  read: 'read by the program',
  readBy: (perSecond: number) => (perSecond === 0 ? 'nobody reads' : `read, up to ${rate(perSecond)}`),
  receiveBuffer: 'receive buffer',
  unread: (bytes: number) => `${number(bytes)} unread`,
  open: (bytes: number) => (bytes === 0 ? 'window 0: shut' : `window ${number(bytes)}`),
  came: (bytes: number) => `${number(bytes)} came last`,
  sendBuffer: 'client’s send buffer',
  held: (bytes: number) => `${number(bytes)} held`,
  writeWaits: 'full: write() waits',
  summary: (seen: {
    ms: number
    window: number
    unread: number
    read: number
    speed: number
    waits: boolean
  }) =>
    `After ${number(seen.ms)} milliseconds: ${number(seen.unread)} bytes wait to be read, ${number(seen.read)} were. The window is ${seen.window === 0 ? 'shut' : `${number(seen.window)} bytes`}. Comes in: ${rate(seen.speed)}.${seen.waits ? ' The client’s write waits.' : ''}`,
} as const)
