import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inTurn } from './in-turn.ts'

test('so many at a time, the others in order, whoever fails', async () => {
  const one = inTurn(2)
  const began: number[] = []
  const ends: (() => void)[] = []
  const all = [0, 1, 2, 3].map((n) =>
    one(() => {
      began.push(n)
      return new Promise<void>((resolve, reject) => {
        ends[n] = n === 1 ? () => reject(new Error('no')) : resolve
      })
    }),
  )
  const outcome = Promise.allSettled(all)
  await turn()
  expect(began).toEqual([0, 1])
  ends[1]?.()
  await turn()
  expect(began).toEqual([0, 1, 2])
  ends[0]?.()
  await turn()
  ends[2]?.()
  ends[3]?.()
  expect((await outcome).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ])
  expect(await one(async () => 'free again')).toBe('free again')
})
