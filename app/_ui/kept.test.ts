/** What a page keeps where the browser keeps it, where there is no room, and where nothing may be kept. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { sessionKept as kept } from './kept.ts'
import { storage } from './storage.fixture.ts'

afterEach(() => {
  kept.remove('key')
  vi.unstubAllGlobals()
})

describe.each(['open', 'full', 'forbidden'] as const)('a storage that is %s', (state) => {
  test('gives back what was kept last, and nothing after it was removed', () => {
    vi.stubGlobal('sessionStorage', storage(state))
    expect(kept.get('key')).toBeNull()
    kept.set('key', 'one')
    kept.set('key', 'two')
    expect(kept.get('key')).toBe('two')
    kept.remove('key')
    expect(kept.get('key')).toBeNull()
  })
})

test('what found no room is newer than what stands in the storage', () => {
  vi.stubGlobal('sessionStorage', storage('full', { key: 'old' }))
  expect(kept.get('key')).toBe('old')
  kept.set('key', 'new')
  expect(kept.get('key')).toBe('new')
})

test('a browser that has no storage at all keeps things in the page', () => {
  vi.stubGlobal('sessionStorage', null)
  kept.set('key', 'one')
  expect(kept.get('key')).toBe('one')
})
