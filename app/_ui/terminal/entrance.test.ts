/** Whether a page says that it has a terminal, so that `g t` stays the browser's where there is none. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { enterTerminal, enterWish } from './entrance.ts'

beforeEach(() => void vi.stubGlobal('window', new EventTarget()))
afterEach(() => void vi.unstubAllGlobals())

test('a page without a terminal takes nobody anywhere', () => {
  expect(enterTerminal()).toBe(false)
  window.addEventListener(enterWish, () => {})
  expect(enterTerminal()).toBe(false)
})

test('what holds a terminal answers by leading into it', () => {
  window.addEventListener(enterWish, (event) => event.preventDefault())
  expect(enterTerminal()).toBe(true)
})
