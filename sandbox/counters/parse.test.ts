/** Frames that real machines have sent (testing/recorded.json says which), and frames that nobody should. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { random } from '../../labs/random.ts'
import { stagesNow } from './derive.ts'
import { sectionsOf } from './frame.ts'
import { parseFrame } from './parse.ts'
import { countersSecondSchema, guestCountersSchema } from './schema.ts'
import { aSecond } from './second.fixture.ts'

const file = path.join(import.meta.dirname, 'testing/recorded.json')
const recorded = Object.fromEntries(
  Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>).map(([name, text]) => [
    name,
    gunzipSync(Buffer.from(text, 'base64')),
  ]),
) as Record<string, Buffer>
const parse = (name: string) => parseFrame(recorded[name] as Buffer, 1_000, null)

function section(id: number, body: Buffer | string): Buffer {
  const bytes = Buffer.from(body)
  return Buffer.concat([Buffer.from([id, 0, bytes.length & 255, bytes.length >> 8]), bytes])
}
const parseText = (id: number, text: string) => parseFrame(section(id, text), 1_000, null)

describe('a recorded frame', () => {
  test.each(Object.keys(recorded))('of %s is what the schema says', (name) => {
    const guest = parse(name)
    expect(guestCountersSchema.parse(guest)).toEqual(guest)
    expect(stagesNow(null, { ...aSecond(0), guest })).toHaveLength(12)
  })

  test('shows the table of connections full, and the firewall that fills it', () => {
    const { conntrack, limits, rules } = parse('a full connection table')
    expect([conntrack?.entries, conntrack?.drop, limits?.conntrackMax]).toEqual([51, 513, 51])
    expect(rules?.list).toEqual([
      { table: 'filter', chain: 'input', handle: 4, packets: 0, verdict: 'drop' },
      { table: 'filter', chain: 'input', handle: 6, packets: 0, verdict: 'drop' },
      { table: 'filter', chain: 'input', handle: 9, packets: 0, verdict: 'other' },
    ])
  })

  test('shows a listener between two bursts, and who has the connections', () => {
    const { stack, sockets, puma } = parse('a shaper on the way out')
    expect([stack?.TcpExtListenOverflows, stack?.TcpExtListenDrops]).toEqual([782, 782])
    expect(sockets?.listeners).toEqual([{ port: 80, recvQ: 6, sendQ: 12, connections: 10, halfOpen: 0 }])
    expect(sockets?.states).toMatchObject({ established: 1, closeWait: 9, listen: 1 })
    expect(sockets?.fullestIn).toEqual({ port: 80, used: 2_176, limit: 131_072 })
    expect(puma).toEqual([
      { pid: 285, descriptors: 13, descriptorLimit: 4_096, threads: 13, workers: 8, busy: 5, stopped: 0 },
    ])
  })

  test('shows what waits to be sent as tc does', () => {
    const { qdiscs } = parse('a shaper on the way out')
    expect(qdiscs?.map(({ kind, handle, parent, limit }) => [kind, handle, parent, limit])).toEqual([
      ['tbf', 0x10000, 0xffffffff, { value: 15_000, unit: 'bytes' }],
      ['pfifo', 0x100000, 0x10001, { value: 500, unit: 'packets' }],
    ])
    expect(parse('a full connection table').qdiscs?.map(({ kind }) => kind)).toEqual([
      'mq',
      'fq_codel',
      'fq_codel',
    ])
  })

  test('shows a ring and what it had no room for', () => {
    expect(parse('a receive ring of a small size')).toMatchObject({
      nic: {
        ...{ driver: 'vmxnet3', outOfBuffer: 2_248, fifoErrors: null, queues: [1_031, 0] },
        ring: { rx: 160, rxMax: 4_096, tx: 512, txMax: 4_096 },
      },
      link: { rxPackets: 1_031, rxBytes: 356_548, txPackets: 125, txBytes: 27_452 },
      irqs: [{}, { name: 'eth0-rxtx-0', perCpu: [0, 192] }, { name: 'eth0-rxtx-1', perCpu: [64, 0] }],
      softnet: [
        { cpu: 0, processed: 32 },
        { cpu: 1, processed: 1_074, timeSqueeze: 21 },
      ],
      puma: [{ descriptors: 11, descriptorLimit: 4_096, workers: 8 }],
      limits: { somaxconn: 4_096, netdevMaxBacklog: 1_000, localPorts: 28_232 },
      sockstat: { udpInUse: 1 },
    })
  })
})

describe('what was not due', () => {
  test('is as it was in the reading before', () => {
    const before = parse(Object.keys(recorded)[0] as string)
    const now = parseFrame(section(7, 'TCP: inuse 7 orphan 0 tw 9 alloc 7 mem 3\n'), 2_000, before)
    expect(now).toEqual({ ...before, sockstat: { ...now.sockstat, tcpInUse: 7, timeWait: 9, tcpPages: 3 } })
  })

  test('keeps the half of the network stack that was not read', () => {
    const first = parseText(2, 'Tcp: InSegs OutSegs\nTcp: 5 6\n')
    const names = 'TcpExt: ListenDrops Nobody\nTcpExt: 4 9\n'
    expect(parseFrame(section(1, names), 2_000, first).stack).toEqual({
      ...{ TcpInSegs: 5, TcpOutSegs: 6, TcpExtListenDrops: 4 },
    })
  })

  test('is not what is gone: an empty source is not there any more', () => {
    const before = parseText(12, 'entries drop\n00000003 00000002\n00000003 00000001\n')
    expect(before.conntrack).toMatchObject({ entries: 3, drop: 3 })
    expect(parseFrame(section(12, ''), 2_000, before).conntrack).toBeNull()
    expect(parseFrame(Buffer.alloc(0), 2_000, before).conntrack).toEqual(before.conntrack)
  })
})

describe('a guest that lies', () => {
  test('with numbers beyond reason gives none', () => {
    const { link } = parseText(
      8,
      'eth0: -1 1e9 0x10 99999999999999999999 9007199254740993 1.5 NaN 1 2 3 4 5 6\n',
    )
    expect(link).toEqual({
      ...{ rxBytes: 0, rxPackets: 0, rxErrors: 0, rxDropped: 0, rxFifo: 0 },
      ...{ txBytes: 2, txPackets: 3, txDropped: 5 },
    })
  })

  test('with endless lists gets them cut', () => {
    const many = (line: string) => line.repeat(3_000)
    expect(parseText(13, many('listen 80 1 2 3 4\n')).sockets?.listeners).toHaveLength(32)
    expect(parseText(14, many('1 2 3 4 5 6 7\n')).puma).toHaveLength(4)
    expect(parseText(9, `1 x ${many('7,')}\n`).irqs?.[0]?.perCpu).toHaveLength(16)
    expect(parseText(3, many('00000001 00000002\n')).softnet).toHaveLength(16)
    expect(parseText(10, many('rx_queue_0_packets 5\n')).nic?.queues).toHaveLength(16)
  })

  test('with names that would move a cursor gets them cleaned', () => {
    expect(parseText(9, '1 \x1b[2Jeth0-\x9brx\x00 5\n').irqs?.[0]?.name).toBe('[2Jeth0-rx')
    expect(parseText(10, `driver ${'\x07x'.repeat(99)}\n`).nic?.driver).toBe('x'.repeat(32))
  })

  test('about its own clock is not asked for it', () => {
    const words = 'listen 80 0 8 0 0\nqueues 0 0\nat 99\n'
    expect(parseFrame(section(13, words), 77, null).sockets?.at).toBe(77)
  })
})

describe('ten thousand frames that nobody should send', () => {
  const chance = random(4711, 'frames')
  const int = (below: number) => chance.int(0, below - 1)
  const originals = [
    ...Object.values(recorded),
    Buffer.concat([11, 15].map((id) => section(id, netlinkNoise()))),
  ]

  function netlinkNoise(): Buffer {
    const bytes = Buffer.alloc(2_000)
    for (let at = 0; at + 40 < bytes.length; at += 40) {
      bytes.writeUInt32LE(40, at)
      bytes.writeUInt16LE(chance.next() < 0.5 ? 36 : (10 << 8) | 6, at + 4)
    }
    return bytes
  }

  function mutated(): Buffer {
    const bytes = Buffer.from(originals[int(originals.length)] as Buffer)
    const how = int(5)
    if (how === 0) return bytes.subarray(0, int(bytes.length))
    if (how === 1) return Buffer.from(Array.from({ length: int(400) }, () => int(256)))
    if (how === 2) return Buffer.concat([bytes.subarray(int(bytes.length)), bytes])
    for (let i = 0; i < 1 + int(how === 3 ? 4 : 200); i++) bytes[int(bytes.length)] = int(256)
    return bytes
  }

  test('crash nothing, and what comes out is within the schema', { timeout: 120_000 }, () => {
    let before = null
    for (let i = 0; i < 10_000; i++) {
      const guest = parseFrame(mutated(), i, before)
      const second = { ...aSecond(i), guest }
      if (i % 7 === 0) countersSecondSchema.parse(second)
      stagesNow(i % 2 ? aSecond(i - 1) : null, second)
      before = chance.next() < 0.5 ? guest : null
    }
  })

  test('grow nothing: the largest second is as small as the bounds say', () => {
    let largest = 0
    let before = null
    for (let i = 0; i < 2_000; i++) {
      before = parseFrame(mutated(), i, before)
      largest = Math.max(largest, JSON.stringify(before).length)
    }
    expect(largest).toBeLessThan(64 * 1024)
  })

  test('of sections alone are cut where they do not fit', () => {
    expect(sectionsOf(Buffer.from([1, 0, 255, 255, 7])).size).toBe(0)
    expect(sectionsOf(Buffer.concat([section(1, 'a'), section(1, 'b'), Buffer.from([2, 0, 9])]))).toEqual(
      new Map([[1, Buffer.from('a')]]),
    )
  })
})
