/** Which keys of a terminal are the page's. */
import { expect, test, vi } from 'vitest'
import { keyFilter } from './keys.ts'

const actions = { copy: vi.fn(), search: vi.fn(), open: vi.fn(), pick: vi.fn(), step: vi.fn() }
const shellHas = keyFilter(actions)
const chord = (key: string, code = key) => ({
  ...{ type: 'keydown', key, code, ctrlKey: true, shiftKey: true, altKey: false, metaKey: false },
  preventDefault: vi.fn(),
})
const press = (event: ReturnType<typeof chord>): boolean => shellHas(event as unknown as KeyboardEvent)

test('with Ctrl and Shift F6 and F7 go to the workbench, which hears them', () => {
  for (const key of ['F6', 'F7']) {
    const event = chord(key)
    expect(press(event)).toBe(false)
    expect(event.preventDefault).not.toHaveBeenCalled()
  }
})

test('Escape, Tab and the function keys by themselves are the shell’s', () => {
  for (const key of ['Escape', 'Tab', 'F6', 'F7'])
    expect(press({ ...chord(key), ctrlKey: false, shiftKey: false })).toBe(true)
  expect(press(chord('Escape'))).toBe(true)
})

test('the shells are chosen by place and one by one', () => {
  expect(press(chord('!', 'Digit1'))).toBe(false)
  expect(actions.pick).toHaveBeenCalledWith(0)
  expect(press(chord('ArrowLeft'))).toBe(false)
  expect(actions.step).toHaveBeenCalledWith(-1)
})
