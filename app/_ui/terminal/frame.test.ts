/** Messages and the terminal's own answers. */
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame } from './frame.ts'
import { isTerminalReply } from './replies.ts'

describe('frames and replies', () => {
  it('survive the way through a message', () => {
    const bytes = new TextEncoder().encode('grüße')
    const message = encodeFrame({ offset: 2 ** 40 + 7, bytes })
    expect(decodeFrame(message.buffer)).toEqual({ offset: 2 ** 40 + 7, bytes })
    expect(decodeFrame(new ArrayBuffer(3))).toBeNull()
  })

  it('are told from what people type', () => {
    for (const reply of [
      '\u001b[24;80R',
      '\u001b[?1;2c',
      '\u001b[>0;276;0c',
      '\u001b[0n',
      '\u001b]11;rgb:00/00/00\u0007',
      '\u001bP1$r0m\u001b\\',
    ])
      expect(isTerminalReply(reply)).toBe(true)
    for (const typed of ['\u001b[A', '\u001bOR', '\r', 'c', '\u001b[200~x\u001b[201~', '\u001b[Z'])
      expect(isTerminalReply(typed)).toBe(false)
  })
})
