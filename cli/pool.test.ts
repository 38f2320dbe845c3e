import { describe, expect, test } from 'vitest'
import type { PoolState } from '../sandbox/protocol/pool.ts'
import { parseUntil, poolText } from './pool.ts'

const kind = { id: 'a', nic: 'igb', vcpus: 2, memoryMb: 256, labs: ['accept-queue', 'fd-limit'] }
const empty: PoolState['profiles'][number] = {
  ...kind,
  target: 0,
  ready: 0,
  warming: 0,
  handedOut: 0,
  lastError: null,
}
const calm = { underWay: 0, waiting: 0 }

describe('the pool in words', () => {
  test('says that nothing is kept', () => {
    expect(poolText({ profiles: [empty], reservations: [], starts: calm })).toBe('No machine is kept ready.')
  })

  test('shows what is kept, what went wrong, what is reserved and who waits', () => {
    const text = poolText({
      profiles: [
        empty,
        { ...empty, target: 3, ready: 1, warming: 2, handedOut: 7, lastError: 'The disk is full.' },
      ],
      reservations: [
        {
          id: '3f2b8c1e-9a4d-4a57-8c55-0f4d8a6f1a11',
          lab: 'fd-limit',
          seats: 40,
          taken: 2,
          until: '2026-12-01T12:00:00.000Z',
        },
      ],
      starts: { underWay: 3, waiting: 5 },
    })
    expect(text).toContain(
      '3       1      2              7           igb, 2 processors, 256 MB  accept-queue, fd-limit',
    )
    expect(text).toContain('Last trouble (accept-queue): The disk is full.')
    expect(text).toContain('40 seats of fd-limit until 2026-12-01T12:00:00.000Z, 2 taken')
    expect(text).toContain('3 under way, 5 wait')
    expect(text.split('\n')).toHaveLength(8)
  })
})

describe('until when', () => {
  test('is a time, or minutes from now', () => {
    expect(parseUntil('2026-12-01T12:00+01:00')).toBe('2026-12-01T11:00:00.000Z')
    const ahead = Date.parse(parseUntil('90')) - Date.now()
    expect(Math.round(ahead / 60_000)).toBe(90)
  })

  test('is refused when it is neither', () => {
    expect(() => parseUntil('tomorrow-ish')).toThrow(/minutes from now/)
  })
})
