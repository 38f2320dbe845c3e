/** What a host tells of its processors, against counted cases. */
import type { CpuInfo } from 'node:os'
import { expect, test } from 'vitest'
import { watchHost } from './host.ts'

/** Two processors: seconds each was busy, and idle. */
const hostAt = (...seconds: [busy: number, idle: number][]): CpuInfo[] =>
  seconds.map(([busy, idle]) => ({
    model: '',
    speed: 0,
    times: { user: busy * 500, nice: busy * 200, sys: busy * 200, irq: busy * 100, idle: idle * 1_000 },
  }))

async function left(own: (number | null)[], host: CpuInfo[][]) {
  const driver = { cpuSeconds: async () => own.shift() ?? null }
  const end = await watchHost(driver, 'any', () => host.shift() ?? [])
  return end()
}

test('a sandbox alone on its host has all of it, however much it takes', async () => {
  const host = [hostAt([10, 10], [10, 10]), hostAt([20, 10], [12, 18])]
  expect(await left([5, 17], host)).toEqual({ left: 2 })
})

test('what others use is not left', async () => {
  const host = [hostAt([0, 0], [0, 0]), hostAt([10, 0], [10, 0])]
  expect(await left([0, 6], host)).toEqual({ left: 0.6 })
})

test('clocks that disagree leave nobody more than the host has, and nothing less than none', async () => {
  const host = () => [hostAt([0, 0], [0, 0]), hostAt([10, 0], [10, 0])]
  expect(await left([0, 21], host())).toEqual({ left: 2 })
  expect(await left([5, 4], host())).toEqual({ left: 0 })
})

test('without figures of the container or of the host nothing is told', async () => {
  const host = () => [hostAt([0, 0], [0, 0]), hostAt([10, 0], [10, 0])]
  expect(await left([null, 6], host())).toBeNull()
  expect(await left([1, null], host())).toBeNull()
  expect(await left([1, 2], [])).toBeNull()
})

test('an engine that fails fails no load', async () => {
  const end = await watchHost({ cpuSeconds: () => Promise.reject(new Error('gone')) }, 'any')
  expect(await end()).toBeNull()
})
