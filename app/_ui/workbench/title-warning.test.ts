/** The title of a page whose machine ends soon, while somebody turns to other pages. */
import { expect, test } from 'vitest'
import { warnInTitle } from './title-warning.ts'

function pageTitled(title: string) {
  const listeners = new Set<() => void>()
  const page = {
    title,
    visibilityState: 'visible' as DocumentVisibilityState,
    addEventListener: (_: string, listener: () => void) => void listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => void listeners.delete(listener),
  }
  const turn = (to: DocumentVisibilityState) => {
    page.visibilityState = to
    for (const listener of listeners) listener()
  }
  const stop = warnInTitle(page, (own) => `5 min · ${own}`)
  return { page, turn, stop }
}

test('it warns while the page is not seen, and only then', () => {
  const { page, turn, stop } = pageTitled('The ring')
  expect(page.title).toBe('The ring')
  turn('hidden')
  expect(page.title).toBe('5 min · The ring')
  turn('visible')
  expect(page.title).toBe('The ring')
  turn('hidden')
  stop()
  expect(page.title).toBe('The ring')
})

test('the page that a link leads to keeps its own title', () => {
  const { page, turn, stop } = pageTitled('The ring')
  page.title = 'Chapter 1'
  turn('hidden')
  expect(page.title).toBe('Chapter 1')
  stop()
  expect(page.title).toBe('Chapter 1')
})
