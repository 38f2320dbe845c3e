/** What somebody types who does not wait for the search. */
import { afterEach, expect, test } from 'vitest'
import { hold, isHeld, release, take } from './ahead.ts'

afterEach(() => void release())

const plain = { ctrl: false, meta: false, alt: false }
const type = (...keys: string[]) => keys.map((key) => take({ key, ...plain }))

test('letters are collected in their order, and given once', () => {
  hold()
  expect(type('g', 'l', ' ', 'S', '/')).toEqual([true, true, true, true, true])
  expect(release()).toBe('gl S/')
  expect(release()).toBe('')
})

test('nothing is taken before somebody wishes for the search, nor after its field has the focus', () => {
  expect(type('g')).toEqual([false])
  hold()
  expect(isHeld()).toBe(true)
  release()
  expect(isHeld()).toBe(false)
  expect(type('g')).toEqual([false])
})

test('a second wish loses nothing', () => {
  hold()
  type('a')
  hold()
  type('b')
  expect(release()).toBe('ab')
})

test('Backspace takes one back, and Enter presses nothing behind', () => {
  hold()
  expect(type('Backspace', 'a', 'b', 'Backspace', 'Enter')).toEqual([true, true, true, true, true])
  expect(release()).toBe('a')
})

test('Tab, Escape, arrows and keys with Ctrl, Cmd or Alt stay the browser’s; AltGr types', () => {
  hold()
  expect(type('Tab', 'Escape', 'ArrowDown')).toEqual([false, false, false])
  expect(take({ ...plain, key: 'r', ctrl: true })).toBe(false)
  expect(take({ ...plain, key: 'r', meta: true })).toBe(false)
  expect(take({ ...plain, key: 'd', alt: true })).toBe(false)
  expect(take({ ...plain, key: '[', ctrl: true, alt: true })).toBe(true)
  expect(release()).toBe('[')
})
