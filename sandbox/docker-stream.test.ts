import { Duplex } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { demultiplex } from './docker-stream.ts'

const frame = (stream: number, text: string): Buffer => {
  const header = Buffer.alloc(8)
  header.writeUInt8(stream, 0)
  header.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([header, Buffer.from(text)])
}

/** Both ends of a connection: what one writes the other reads. */
function pair(): [Duplex, Duplex] {
  const ends: Duplex[] = []
  const make = (other: () => Duplex | undefined): Duplex =>
    new Duplex({
      read() {},
      write(chunk, _encoding, done) {
        other()?.push(chunk)
        done()
      },
      final(done) {
        other()?.push(null)
        done()
      },
    })
  ends.push(
    make(() => ends[1]),
    make(() => ends[0]),
  )
  return ends as [Duplex, Duplex]
}

async function read(stream: Duplex): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

describe('an exec stream of Docker', () => {
  test('gives stdout whole, however the network cuts it', async () => {
    const bytes = Buffer.concat([frame(1, 'hello '), frame(2, 'noise'), frame(1, ''), frame(1, 'world')])
    for (let cut = 1; cut < bytes.length; cut += 3) {
      const [engine, raw] = pair()
      const plain = demultiplex(raw)
      for (let at = 0; at < bytes.length; at += cut) engine.write(bytes.subarray(at, at + cut))
      engine.end()
      expect(await read(plain)).toBe('hello world')
    }
  })

  test('carries what is written as it is, and its end', async () => {
    const [engine, raw] = pair()
    const plain = demultiplex(raw)
    plain.end('typed')
    expect(await read(engine)).toBe('typed')
  })

  test('stops the socket while nobody reads', async () => {
    const [engine, raw] = pair()
    demultiplex(raw)
    engine.write(frame(1, 'x'.repeat(200_000)))
    await new Promise((resolve) => setImmediate(resolve))
    expect(raw.isPaused()).toBe(true)
  })
})
