import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'

const turn = () => new Promise((resolve) => setTimeout(resolve))

test('the second waits for the first, also for one that fails, and each has its own answer', async () => {
  const begun: string[] = []
  const ends: (() => void)[] = []
  const call = inOrder(async (asked: string) => {
    begun.push(asked)
    await new Promise<void>((resolve) => ends.push(resolve))
    if (asked === 'first') throw new Error('away')
    return `answer to ${asked}`
  })
  const first = call('first')
  const second = call('second')
  await turn()
  expect(begun).toEqual(['first'])
  ends[0]?.()
  await expect(first).rejects.toThrow('away')
  await turn()
  expect(begun).toEqual(['first', 'second'])
  ends[1]?.()
  expect(await second).toBe('answer to second')
})
