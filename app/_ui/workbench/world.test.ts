/** The world plot shows each second once, where it belongs. */
import { expect, it } from 'vitest'
import type { WorldSecond } from '#/sandbox/counters/schema.ts'
import { inWords, latencyLevel, niceCeiling, recent, runs, withSeconds } from './world.ts'

const second = (t: number, change: Partial<WorldSecond> = {}): WorldSecond => ({
  t,
  started: 10,
  ok: 8,
  failed: 1,
  timeout: 1,
  p50Ms: 20,
  p95Ms: 900,
  retrans: 0,
  ...change,
})

it('keeps two minutes, and no second twice after a reconnect', () => {
  const first = withSeconds([], [second(1), second(2)])
  expect(withSeconds(first, [second(2), second(3)]).map(({ t }) => t)).toEqual([1, 2, 3])
  expect(withSeconds(first, [second(122)]).map(({ t }) => t)).toEqual([122])
})

it('sums up the last ten seconds', () => {
  expect(recent([second(1), second(2, { p95Ms: null })])).toEqual({ ok: 16, all: 20, p95Ms: 900 })
  expect(recent([])).toEqual({ ok: 0, all: 0, p95Ms: null })
})

it('rounds the axis up to a number people read easily', () => {
  expect([3, 5, 6, 11, 21, 60, 180].map(niceCeiling)).toEqual([5, 5, 10, 20, 50, 100, 200])
})

it('puts a millisecond at the bottom and a hundred seconds at the top', () => {
  expect([0.2, 1, 1000, 100_000, 900_000].map(latencyLevel)).toEqual([0, 0, 0.6, 1, 1])
})

it('breaks the line where nothing completed', () => {
  const seconds = [second(1), second(2), second(3, { p50Ms: null }), second(4), second(9)]
  expect(runs(seconds, ({ p50Ms }) => p50Ms).map((run) => run.map(({ t }) => t))).toEqual([[1, 2], [4], [9]])
})

it('says latencies in words', () => {
  expect([null, 12.4, 999, 8240].map(inWords)).toEqual(['–', '12 ms', '999 ms', '8.2 s'])
})
