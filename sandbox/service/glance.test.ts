import { expect, test } from 'vitest'
import { aSecond, quiet } from '../counters/second.fixture.ts'
import { losingStage } from './glance.ts'

const stack = (overflows: number, drops = overflows) => ({
  stack: { ...quiet.stack, TcpExtListenOverflows: overflows, TcpExtListenDrops: drops },
})
const nic = (outOfBuffer: number) => ({ nic: quiet.nic && { ...quiet.nic, outOfBuffer } })

test('packets die where most of them were lost in the last ten seconds', () => {
  const seconds = [aSecond(1_000, { ...stack(0), ...nic(0) }), aSecond(2_000, { ...stack(40), ...nic(7) })]
  expect(losingStage(seconds, 2_500)).toBe('accept-queue')
  expect(losingStage([...seconds, aSecond(3_000, { ...stack(40), ...nic(900) })], 3_500)).toBe('ring')
})

test('nothing lost, nothing at hand, or nothing new: no stage', () => {
  expect(losingStage([], 1_000)).toBeNull()
  expect(losingStage([aSecond(1_000)], 1_000)).toBeNull()
  expect(losingStage([aSecond(1_000), aSecond(2_000)], 2_000)).toBeNull()
  expect(losingStage([aSecond(1_000), aSecond(2_000, stack(40))], 20_000)).toBeNull()
})

test('another machine of the same id is not compared with the one before', () => {
  const second = { ...aSecond(2_000, stack(40)), generation: 1 }
  expect(losingStage([aSecond(1_000), second], 2_000)).toBeNull()
})
