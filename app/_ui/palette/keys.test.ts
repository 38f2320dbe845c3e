/** The keys of every page, as somebody presses them. */
import { describe, expect, test } from 'vitest'
import { type Action, type Key, press, type Waiting } from './keys.ts'

const key = (name: string, more: Partial<Key> = {}): Key => ({
  key: name,
  ctrl: false,
  meta: false,
  alt: false,
  at: 0,
  typing: false,
  repeat: false,
  ...more,
})

/** What the last of these keys does. */
function doneBy(keys: Key[], single = true): Action | null {
  let waiting: Waiting = null
  let action: Action | null = null
  for (const one of keys) ({ waiting, action } = press(waiting, one, single))
  return action
}

describe('one key', () => {
  test.each<[string, Action]>([
    ['/', { do: 'search' }],
    ['?', { do: 'help' }],
    ['j', { do: 'chapter', by: 1 }],
    ['k', { do: 'chapter', by: -1 }],
    [']', { do: 'chapter', by: 1 }],
    ['[', { do: 'chapter', by: -1 }],
  ])('%s', (name, action) => expect(doneBy([key(name)])).toEqual(action))

  test('others do nothing, nor do names that every object has', () => {
    for (const name of ['x', 'Enter', 'Tab', ' ', 'G']) expect(doneBy([key(name)])).toBeNull()
    expect(doneBy([key('g'), key('constructor')])).toBeNull()
  })
})

test('Ctrl-K and Cmd-K open the search, with Shift held or Caps Lock on too', () => {
  expect(doneBy([key('k', { ctrl: true })])).toEqual({ do: 'search' })
  expect(doneBy([key('K', { meta: true })])).toEqual({ do: 'search' })
  expect(doneBy([key('k', { ctrl: true, alt: true })])).not.toEqual({ do: 'search' })
})

test('g and a letter go places, within a moment', () => {
  expect(doneBy([key('g'), key('c', { at: 900 })])).toEqual({ do: 'go', to: '/course' })
  expect(doneBy([key('g'), key('t', { at: 900 })])).toEqual({ do: 'terminal' })
  expect(doneBy([key('g'), key('c', { at: 2_000 })])).toBeNull()
  expect(doneBy([key('g'), key('x'), key('c')])).toBeNull()
})

test('nothing is a key for somebody who types, and a sequence begun outside ends there', () => {
  expect(doneBy([key('/', { typing: true })])).toBeNull()
  expect(doneBy([key('k', { ctrl: true, typing: true })])).toBeNull()
  expect(doneBy([key('g'), key('x', { typing: true }), key('c')])).toBeNull()
})

test('the browser keeps its own keys, AltGr is none of them, and a key held down acts once', () => {
  expect(doneBy([key('j', { ctrl: true })])).toBeNull()
  expect(doneBy([key('[', { meta: true })])).toBeNull()
  expect(doneBy([key('[', { alt: true })])).toBeNull()
  expect(doneBy([key('[', { ctrl: true, alt: true })])).toEqual({ do: 'chapter', by: -1 })
  expect(doneBy([key('j', { repeat: true })])).toBeNull()
})

test('who switched the single keys off has Ctrl-K alone', () => {
  expect(doneBy([key('j')], false)).toBeNull()
  expect(doneBy([key('g'), key('c')], false)).toBeNull()
  expect(doneBy([key('k', { ctrl: true })], false)).toEqual({ do: 'search' })
})
