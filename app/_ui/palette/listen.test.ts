/** What the document says of its keys, and who gets one, with as much of a document as that takes. */
import { afterEach, expect, test, vi } from 'vitest'
import { hold, release } from './ahead.ts'
import { listen } from './listen.ts'

afterEach(() => {
  release()
  vi.unstubAllGlobals()
})

/** A document, and how to press a key in it. */
function listening() {
  const dataset: Record<string, string> = {}
  const saidAt: string[][] = []
  const done: string[] = []
  let hear: (event: unknown) => void = () => {}
  vi.stubGlobal('document', { documentElement: { dataset } })
  vi.stubGlobal('Element', class {})
  vi.stubGlobal('window', {
    addEventListener: (_: string, heard: typeof hear) => {
      saidAt.push(Object.keys(dataset))
      hear = heard
    },
  })
  listen({
    search: () => done.push('search'),
    help: () => done.push('help'),
    go: (to) => done.push(to),
    drop: () => done.push('drop'),
  })
  /** @returns whether the page kept the key */
  const press = (key: string, more = {}): boolean => {
    let kept = false
    const modifiers = { ctrlKey: false, metaKey: false, altKey: false }
    hear({ key, ...modifiers, timeStamp: 0, target: null, preventDefault: () => (kept = true), ...more })
    return kept
  }
  return { dataset, saidAt, done, press }
}

test('the document says that its keys are heard, and not before they are', () => {
  const { dataset, saidAt } = listening()
  expect(saidAt).toEqual([[]])
  expect(Object.keys(dataset)).toEqual(['hearsKeys'])
})

test('what is typed while the search is on its way goes to nothing but the search', () => {
  const { done, press } = listening()
  press('g')
  hold()
  expect([...'l gl?'].map((key) => press(key))).toEqual([true, true, true, true, true])
  expect(press('Tab')).toBe(false)
  expect(press('k', { ctrlKey: true })).toBe(true)
  expect(done).toEqual([])
  expect(release()).toBe('l gl?')
})

test('Escape drops what is on its way', () => {
  const { done, press } = listening()
  hold()
  press('Escape')
  expect(done).toEqual(['drop'])
})

test('afterwards the page has its keys again', () => {
  const { done, press } = listening()
  hold()
  press('g')
  release()
  press('l')
  press('g')
  press('l')
  expect(done).toEqual(['/labs'])
})
