/** What is tried again, what is taken for an answer, and what becomes of an attempt that is given up. */
import { expect, test } from 'vitest'
import { InfrastructureError } from '../grader/guest.ts'
import { EngineError, NotRunningError } from './driver.ts'
import { LinkError } from './link.ts'
import { reachPatiently } from './patience.ts'

test('what stands in the way for a moment is waited for; each attempt that came to nothing is told to close what it opened', async () => {
  const errors = [new EngineError('away', ''), new LinkError('lost')]
  const signals: AbortSignal[] = []
  const reached = await reachPatiently(async (signal) => {
    signals.push(signal)
    const error = errors.shift()
    if (error) throw error
    return 'reached'
  })
  expect(reached).toBe('reached')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false])
})

test.each([new NotRunningError(), new InfrastructureError('never finished')])(
  '%s is an answer',
  async (error) => {
    let attempts = 0
    const reached = reachPatiently(async () => {
      attempts++
      throw error
    })
    await expect(reached).rejects.toBe(error)
    expect(attempts).toBe(1)
  },
)

test('who does not answer at all is given up in time', async () => {
  const signals: AbortSignal[] = []
  const reached = reachPatiently((signal) => {
    signals.push(signal)
    return new Promise(() => {})
  }, 50)
  await expect(reached).rejects.toThrow('does not answer')
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
})
