/** Every error becomes a message and what to do about it. */
import { expect, test } from 'vitest'
import { CommandError, explain, table } from './output.ts'

test('a remedy is taken from wherever an error carries one', () => {
  expect(explain(new CommandError('no', 'do this'))).toEqual({ message: 'no', remedy: 'do this' })
  const refusal = Object.assign(new Error('gone'), {
    problem: { code: 'x', message: 'gone', remedy: 'start again' },
  })
  expect(explain(refusal)).toEqual({ message: 'gone', remedy: 'start again' })
})

test('an error without one points to the doctor', () => {
  expect(explain(new Error('?')).remedy).toContain('doctor')
  expect(explain('text').message).toBe('text')
})

test('columns are as wide as their widest cell', () => {
  expect(
    table([
      ['a', 'bb', 'c'],
      ['aaa', 'b', ''],
    ]),
  ).toBe('a    bb  c\naaa  b')
})
