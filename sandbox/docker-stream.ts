/**
 * Docker's multiplexed exec stream as a plain duplex: what is written is the program's stdin, what is read its stdout. Knows no Docker client.
 */
import { Duplex } from 'node:stream'

const headerBytes = 8
const stdoutStream = 1

/**
 * Frames are `u8 stream, 3 zero bytes, u32be length, bytes`. Backpressure goes all the way: a reader that stops stops the socket.
 * @param raw the hijacked connection of an exec started without a TTY
 */
export function demultiplex(raw: Duplex): Duplex {
  let pending: Buffer[] = []
  let pendingBytes = 0
  let wanted = headerBytes
  let stream: number | null = null

  function take(bytes: number): Buffer {
    const all = pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending)
    pending = all.length > bytes ? [all.subarray(bytes)] : []
    pendingBytes -= bytes
    return all.subarray(0, bytes)
  }

  const plain = new Duplex({
    read: () => raw.resume(),
    write: (chunk, _encoding, done) => void raw.write(chunk, done),
    final: (done) => void raw.end(done),
    destroy: (error, done) => {
      raw.destroy()
      done(error)
    },
  })

  raw.on('data', (chunk: Buffer) => {
    pending.push(chunk)
    pendingBytes += chunk.length
    let room = true
    while (pendingBytes >= wanted) {
      const part = take(wanted)
      if (stream === null) {
        stream = part.readUInt8(0)
        wanted = part.readUInt32BE(4)
      } else {
        if (stream === stdoutStream && part.length > 0) room = plain.push(part) && room
        stream = null
        wanted = headerBytes
      }
    }
    if (!room) raw.pause()
  })
  raw.on('end', () => plain.push(null))
  // After a clean end the reader still has bytes to take; only a torn connection destroys.
  raw.on('close', () => plain.readableEnded || raw.readableEnded || plain.destroy())
  raw.on('error', (error) => plain.destroy(error))
  return plain
}
