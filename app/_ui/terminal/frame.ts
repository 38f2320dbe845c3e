/**
 * Binary messages of a terminal: eight bytes of little-endian offset, then bytes. Knows neither what the offset counts nor who sends it.
 */
import { offsetBytes } from '../../../sandbox/protocol/terminal.ts'

export interface Frame {
  offset: number
  bytes: Uint8Array
}

export function encodeFrame({ offset, bytes }: Frame): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(offsetBytes + bytes.length)
  new DataView(message.buffer).setBigUint64(0, BigInt(offset), true)
  message.set(bytes, offsetBytes)
  return message
}

/** The frame of a message, or null when it is too short to be one. */
export function decodeFrame(message: ArrayBuffer): Frame | null {
  if (message.byteLength < offsetBytes) return null
  const offset = Number(new DataView(message).getBigUint64(0, true))
  return { offset, bytes: new Uint8Array(message, offsetBytes) }
}
