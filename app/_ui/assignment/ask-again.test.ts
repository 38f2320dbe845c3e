import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { askAgain } from './ask-again.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** A page that can be hidden, and the seconds at which it asked. */
function waiting() {
  const began = Date.now()
  const asked: number[] = []
  const page = Object.assign(new EventTarget(), { hidden: false })
  const stop = askAgain(() => asked.push((Date.now() - began) / 1_000), page as unknown as Document)
  const show = (seen: boolean) => {
    page.hidden = !seen
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return { asked, show, stop }
}

test('a page that waits asks less and less often, until it has what it waited for', async () => {
  const { asked, stop } = waiting()
  await vi.advanceTimersByTimeAsync(112_000)
  expect(asked).toEqual([3, 9, 21, 51, 81, 111])
  stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toHaveLength(6)
})

test('one that nobody sees asks nothing, and at once when it is seen again', async () => {
  const { asked, show } = waiting()
  show(false)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toEqual([])
  show(true)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toEqual([60])
  // Looking away and back in between does not hurry it.
  show(false)
  show(true)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(asked).toEqual([60, 66])
})

test('the pages of a class do not ask together', async () => {
  vi.spyOn(Math, 'random').mockReturnValueOnce(0).mockReturnValueOnce(1)
  const [early, late] = [waiting(), waiting()]
  await vi.advanceTimersByTimeAsync(4_000)
  expect([early.asked[0], late.asked[0]]).toEqual([2.25, 3.75])
})
