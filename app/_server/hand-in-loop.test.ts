import { afterEach, expect, test, vi } from 'vitest'
import { startHandInLoop } from './hand-in-loop.ts'

afterEach(() => vi.useRealTimers())

test('the loop goes on at once while there is something to do, rests when there is nothing, and outlives an outage', async () => {
  vi.useFakeTimers()
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const answers = [2, 1, 0, new Error('The database is away.'), 0]
  const at: number[] = []
  const began = Date.now()
  startHandInLoop({
    async submitDue() {
      at.push(Date.now() - began)
      const answer = answers[at.length - 1] ?? 0
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  await vi.advanceTimersByTimeAsync(7_500)
  expect(at).toEqual([1_000, 1_001, 1_002, 2_002, 7_002])
  expect(said).toHaveBeenCalledWith('Handing in: The database is away.\n')
  said.mockRestore()
})
