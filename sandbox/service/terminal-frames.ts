/** What is said on /ws/terminal, as bytes: read from a browser, written to one. Knows no terminal. */
import type { RawData, WebSocket } from 'ws'
import { type FromBrowser, fromBrowserSchema, offsetBytes, type ToBrowser } from '../protocol/terminal.ts'

export function withOffset(offset: number, bytes: Uint8Array): Buffer {
  const message = Buffer.allocUnsafe(offsetBytes + bytes.length)
  message.writeBigUInt64LE(BigInt(offset), 0)
  message.set(bytes, offsetBytes)
  return message
}

/** What was typed, with its place among all that this client types; null for what no browser of ours sends. */
export function readInput(message: Buffer): { offset: number; bytes: Buffer } | null {
  const offset = message.length < offsetBytes ? null : message.readBigUInt64LE(0)
  if (offset === null || offset > BigInt(Number.MAX_SAFE_INTEGER)) return null
  return { offset: Number(offset), bytes: message.subarray(offsetBytes) }
}

export function parse(data: RawData): FromBrowser | null {
  try {
    return fromBrowserSchema.parse(JSON.parse(String(data)))
  } catch {
    return null
  }
}

export function tell(socket: WebSocket, message: ToBrowser): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
}
