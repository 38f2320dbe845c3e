/** The bytes of packets that the world makes, and what it thinks of bytes that a learner may have made. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'ringside-packets-'))
  const here = import.meta.dirname
  const sources = [path.join(here, 'packets.c'), path.join(here, '../world/packets.c')]
  const flags = [
    '-std=c17',
    '-D_GNU_SOURCE',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-g',
    '-fsanitize=address,undefined',
  ]
  await run('cc', [...flags, ...sources, '-o', path.join(folder, 'packets')])
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a forged SYN is one that Linux takes', async () => {
  const [syn = Buffer.alloc(0)] = await ask([])
  expect(sum(syn.subarray(0, 20))).toBe(0xffff)
  const pseudo = Buffer.concat([syn.subarray(12, 20), Buffer.from([0, 6, 0, syn.length - 20])])
  expect(sum(Buffer.concat([pseudo, syn.subarray(20)]))).toBe(0xffff)
  expect([...syn.subarray(12, 20)]).toEqual([198, 19, 200, 7, 198, 18, 0, 2])
  const tcp = syn.subarray(20)
  expect([tcp.readUInt16BE(0), tcp.readUInt16BE(2), tcp.readUInt32BE(4)]).toEqual([40_000, 80, 0xfedcba98])
  expect([tcp[12], tcp[13]]).toEqual([0x70, 0x02])
})

test('a packet that is too big is answered with the MTU and its own beginning', async () => {
  const large = ipv4({ bytes: 1_500 })
  const [, answer = Buffer.alloc(0)] = await ask([large])
  expect(sum(answer.subarray(0, 20))).toBe(0xffff)
  expect(sum(answer.subarray(20))).toBe(0xffff)
  expect([...answer.subarray(12, 20)]).toEqual([198, 18, 0, 1, 198, 18, 0, 2])
  expect([answer[20], answer[21], answer.readUInt16BE(26)]).toEqual([3, 4, 1_280])
  expect(answer.subarray(28)).toEqual(large.subarray(0, 28))
})

test('only whole packets that may not be cut are too big, and only some are answered', async () => {
  const verdicts = async (packets: Buffer[]) =>
    (await lines(packets)).slice(1).map((line) => [line.slice(0, 3), line.length > 4] as const)
  expect(
    await verdicts([
      ipv4({ bytes: 1_281 }),
      ipv4({ bytes: 1_280 }),
      ipv4({ bytes: 1_500, mayBeCut: true }),
      ipv4({ bytes: 1_400, offset: 1 }),
      ipv4({ bytes: 1_400, protocol: 1, type: 3 }),
      ipv4({ bytes: 1_400, protocol: 1, type: 8 }),
      ipv4({ bytes: 27 }),
      ipv4({ bytes: 60, headerWords: 15 }),
    ]),
  ).toEqual([
    ...([
      ['1 1', true],
      ['1 0', true],
      ['1 0', true],
      ['1 1', false],
    ] as const),
    ...([
      ['1 1', false],
      ['1 1', true],
      ['1 0', false],
      ['1 0', false],
    ] as const),
  ])
})

test('bytes that are no packet are seen to be none', async () => {
  const good = ipv4({ bytes: 40 })
  const change = (at: number, value: number) => {
    const bytes = Buffer.from(good)
    bytes[at] = value
    return bytes
  }
  const bad = [
    ...[Buffer.alloc(0), good.subarray(0, 19), good.subarray(0, 39), Buffer.concat([good, Buffer.alloc(1)])],
    ...[change(0, 0x65), change(0, 0x44), change(0, 0x4f), change(2, 0xff)],
  ]
  expect((await lines(bad)).slice(1)).toEqual(bad.map(() => '0 0 '))
})

async function lines(packets: Buffer[]): Promise<string[]> {
  const words = packets.map((packet) => packet.toString('hex'))
  const { stdout } = await run(path.join(folder, 'packets'), words, {
    env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' },
  })
  return stdout.split('\n').slice(0, -1)
}

const ask = async (packets: Buffer[]): Promise<Buffer[]> =>
  (await lines(packets)).map((line) => Buffer.from(line.split(' ').at(-1) ?? '', 'hex'))

/** RFC 1071: over bytes that hold their own checksum the sum is all ones. */
function sum(bytes: Buffer): number {
  let total = 0
  for (let i = 0; i < bytes.length; i += 2) total += ((bytes[i] as number) << 8) + (bytes[i + 1] ?? 0)
  while (total > 0xffff) total = (total & 0xffff) + (total >> 16)
  return total
}

interface Shape {
  bytes: number
  mayBeCut?: boolean
  offset?: number
  protocol?: number
  type?: number
  headerWords?: number
}

function ipv4({ bytes, mayBeCut, offset = 0, protocol = 6, type = 0, headerWords = 5 }: Shape): Buffer {
  const packet = Buffer.alloc(bytes, 0xab)
  packet[0] = 0x40 | headerWords
  packet.writeUInt16BE(bytes, 2)
  packet.writeUInt16BE((mayBeCut ? 0 : 0x4000) | offset, 6)
  packet[9] = protocol
  packet.set([198, 18, 0, 2, 198, 19, 1, 1], 12)
  if (bytes > headerWords * 4) packet[headerWords * 4] = type
  return packet
}
