import { describe, expect, test } from 'vitest'
import type { Evidence } from '../shop/evidence.ts'
import { mostSince } from './criteria.ts'
import { softnetColumn } from './evidence.ts'
import { outOfBuffer, ringOf } from './nic.ts'
import { isDelivered, volleysOf } from './volleys.ts'

describe('the fate of datagrams', () => {
  interface Told {
    outcome: string
    sent?: number
    delivered?: number
    atMs?: number
    totalUs?: number
  }
  const evidence = (results: Told[]): Evidence =>
    ({
      asked: results.map(({ sent, atMs = 0 }) => ({
        ...{ atMs, src: '', path: '' },
        ...(sent && { datagrams: sent }),
      })),
      load: { results: results.map(({ totalUs = 0, ...result }) => ({ ...result, totalUs })) },
    }) as unknown as Evidence

  test('is summed over the bursts, without the visits between them', () => {
    const volleys = volleysOf(
      evidence([
        { outcome: 'ok' },
        { outcome: 'ok', sent: 100, delivered: 100 },
        { outcome: 'lost', sent: 300, delivered: 250 },
      ]),
    )
    expect(volleys).toEqual({
      ...{ bursts: 2, sent: 400, delivered: 350, lost: 50, unanswered: 0, refused: 0, largest: 300 },
      together: [100, 300],
    })
    expect(isDelivered(volleys)).toBe(false)
  })

  test('is unknown where the collector gave no account: late is not the same as refused', () => {
    const volleys = volleysOf(
      evidence([
        { outcome: 'read-timeout', sent: 100, delivered: -1 },
        { outcome: 'refused', sent: 100, delivered: -1 },
        { outcome: 'ok', sent: 9_800, delivered: 9_800 },
      ]),
    )
    expect(volleys).toMatchObject({ lost: 200, unanswered: 1, refused: 1 })
    expect(isDelivered({ ...volleys, lost: 0 })).toBe(false)
  })

  test('is that of all together where one came before the account of the last', () => {
    const burst = (atMs: number, ms: number) => ({
      ...{ outcome: 'ok', sent: 100, delivered: 100, atMs, totalUs: ms * 1000 },
    })
    const { together } = volleysOf(
      evidence([burst(0, 300), burst(500, 900), burst(1_000, 100), burst(1_300, 50), burst(1_400, 50)]),
    )
    expect(together).toEqual([100, 300, 100])
  })

  test('of nothing sent is no delivery', () => expect(isDelivered(volleysOf(evidence([])))).toBe(false))
})

describe('what ethtool prints', () => {
  test('tells the ring in force from what the card could have', () => {
    const text =
      'Pre-set maximums:\nRX:\t\t4096\nRX Mini:\t0\nRX Jumbo:\t4096\nCurrent hardware settings:\nRX:\t\t160\nTX:\t\t512\n'
    expect(ringOf(text)).toEqual({ rx: 160, most: 4096 })
    expect(ringOf('netlink error: No such device')).toEqual({ rx: null, most: null })
  })

  test('counts the packets of all queues that found no descriptor', () => {
    expect(outOfBuffer('  pkts rx OOB: 983\n  pkts rx err: 0\n  pkts rx OOB: 17\n')).toBe(1_000)
    expect(outOfBuffer('rx_missed_errors: 3')).toBeNull()
  })
})

test('softnet_stat is hexadecimal, a line for each processor', () => {
  expect(softnetColumn('0000032e 00000951 00000019\n000004af 00000802 00000049\n', 2)).toBe(0x951 + 0x802)
  expect(softnetColumn('cat: no such file', 2)).toBeNull()
})

test('a counter that began anew may have been as high as all that was sent since', () => {
  const at = (value: number | null, uptimeS: number) => ({ value, uptimeS })
  expect(mostSince(at(500, 10), at(700, 20), 100)).toBe(700)
  expect(mostSince(at(500, 10), at(0, 20), 100)).toBe(1_500)
  expect(mostSince(at(null, 10), at(0, 20), 100)).toBeNull()
})
