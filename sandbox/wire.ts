/**
 * The frames between this service and the world inside a sandbox (image/PROTOCOL.md, leg A): bytes to messages and back. Pure: knows no
 * stream, no Docker and no command's meaning.
 */

const headerBytes = 6
const largestPayload = 1 << 20

/** A frame as it travels: `u32le length, u8 type, u8 channel, payload`. The other leg uses the same. */
export interface Frame {
  type: number
  channel: number
  payload: Buffer
}

/** The stream breaks the contract; nothing after this point can be believed. */
export class WireError extends Error {
  override name = 'WireError'
}

export const frameTypes = {
  request: 0x01,
  input: 0x02,
  ack: 0x03,
  reply: 0x81,
  output: 0x82,
  event: 0x83,
  typed: 0x84,
} as const

/** What the service says. */
export type ToWorld =
  /** Asks for something; the first line of the text is the command, the rest its body. */
  | { kind: 'request'; id: number; line: string; body: Uint8Array }
  /** Bytes typed into a terminal; the offset counts this client's bytes, so that repeating is harmless. */
  | { kind: 'input'; channel: number; offset: number; bytes: Uint8Array }
  /** The viewer has digested the output before this offset. */
  | { kind: 'ack'; channel: number; offset: number }

/** What the world says. */
export type FromWorld =
  /** A part of an answer; `last` ends it, `ok` false makes its text an error. */
  | { kind: 'reply'; id: number; last: boolean; ok: boolean; bytes: Buffer }
  /** Output of a terminal from this offset on; a jump means that some of it was overtaken. */
  | { kind: 'output'; channel: number; offset: number; bytes: Buffer }
  /** Something happened by itself. */
  | { kind: 'event'; name: string; values: Record<string, string> }
  /** This client's input before the offset has reached the shell. */
  | { kind: 'typed'; channel: number; offset: number }

export function encodeFrame({ type, channel, payload }: Frame): Buffer {
  if (payload.length > largestPayload)
    throw new WireError(`a frame of ${payload.length} bytes is more than 1 MiB`)
  const frame = Buffer.allocUnsafe(headerBytes + payload.length)
  frame.writeUInt32LE(payload.length, 0)
  frame.writeUInt8(type, 4)
  frame.writeUInt8(channel, 5)
  payload.copy(frame, headerBytes)
  return frame
}

export function encode(message: ToWorld): Buffer {
  switch (message.kind) {
    case 'request': {
      const { id, line, body } = message
      const text = body.length > 0 ? `${line}\n` : line
      const payload = Buffer.concat([u32(id), Buffer.from(text), body])
      return encodeFrame({ type: frameTypes.request, channel: 0, payload })
    }
    case 'input': {
      const { channel, offset, bytes } = message
      return encodeFrame({ type: frameTypes.input, channel, payload: Buffer.concat([u64(offset), bytes]) })
    }
    case 'ack':
      return encodeFrame({ type: frameTypes.ack, channel: message.channel, payload: u64(message.offset) })
  }
}

/** @throws WireError when the frame is not one that a world sends */
export function decode({ type, channel, payload }: Frame): FromWorld {
  switch (type) {
    case frameTypes.reply:
      need(payload, 6)
      return {
        kind: 'reply',
        id: payload.readUInt32LE(0),
        last: payload.readUInt8(4) === 1,
        ok: payload.readUInt8(5) === 1,
        bytes: payload.subarray(6),
      }
    case frameTypes.output:
      return { kind: 'output', channel, offset: readOffset(payload), bytes: payload.subarray(8) }
    case frameTypes.event:
      return { kind: 'event', ...parseEvent(payload.toString()) }
    case frameTypes.typed:
      return { kind: 'typed', channel, offset: readOffset(payload) }
    default:
      throw new WireError(`a frame of type 0x${type.toString(16)} that nobody knows`)
  }
}

/** Cuts a stream of bytes into frames, however it arrives. Payloads are views of what was pushed: keep a copy, or use them at once. */
export class FrameDecoder {
  #parts: Buffer[] = []
  #length = 0

  /** @throws WireError when a length is impossible */
  push(bytes: Buffer): Frame[] {
    this.#parts.push(bytes)
    this.#length += bytes.length
    const frames: Frame[] = []
    while (this.#length >= headerBytes) {
      const length = this.#peek(headerBytes).readUInt32LE(0)
      if (length > largestPayload) throw new WireError(`a frame of ${length} bytes is more than 1 MiB`)
      if (this.#length < headerBytes + length) break
      const frame = this.#take(headerBytes + length)
      frames.push({
        type: frame.readUInt8(4),
        channel: frame.readUInt8(5),
        payload: frame.subarray(headerBytes),
      })
    }
    return frames
  }

  /** The first bytes in one piece. Parts are joined only when a whole frame is there, so a slow 1 MiB is copied once. */
  #peek(bytes: number): Buffer {
    const first = this.#parts[0] as Buffer
    if (first.length >= bytes) return first
    const whole = Buffer.concat(this.#parts)
    this.#parts = [whole]
    return whole
  }

  #take(bytes: number): Buffer {
    const first = this.#peek(bytes)
    this.#length -= bytes
    if (first.length === bytes) this.#parts.shift()
    else this.#parts[0] = first.subarray(bytes)
    return first.subarray(0, bytes)
  }
}

/** `name key=value …`; the value of `reason` is the rest of the line, blanks and all. */
function parseEvent(text: string): { name: string; values: Record<string, string> } {
  const [, name = '', rest = ''] = /^(\S*) ?(.*)$/s.exec(text) ?? []
  const at = rest.startsWith('reason=') ? 0 : rest.indexOf(' reason=') + 1
  const hasReason = rest.startsWith('reason=', at)
  const values = parsePairs(hasReason ? rest.slice(0, at) : rest)
  return { name, values: hasReason ? { ...values, reason: rest.slice(at + 'reason='.length) } : values }
}

/** `key=value key=value`, as in first lines, results and statistics. */
export function parsePairs(line: string): Record<string, string> {
  const pairs: Record<string, string> = {}
  for (const pair of line.split(' ')) {
    const at = pair.indexOf('=')
    if (at > 0) pairs[pair.slice(0, at)] = pair.slice(at + 1)
  }
  return pairs
}

function need(payload: Buffer, bytes: number): void {
  if (payload.length < bytes) throw new WireError(`a frame of ${payload.length} bytes is too short`)
}

function readOffset(payload: Buffer): number {
  need(payload, 8)
  const offset = payload.readBigUInt64LE(0)
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) throw new WireError(`the offset ${offset} is beyond reason`)
  return Number(offset)
}

function u32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function u64(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
