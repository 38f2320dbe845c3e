/** Who is asked before a lab's page is left, and who is not. */
import { expect, test } from 'vitest'
import { deservesQuestion } from './leave.ts'

const accident = { live: true, inTerminal: true, chosen: false }

test('a key or a gesture that was meant for the shell is asked about', () => {
  expect(deservesQuestion(accident)).toBe(true)
})

test.each([
  ['no machine is live', { live: false }],
  ['nobody types into a shell', { inTerminal: false }],
  ['somebody pressed a link', { chosen: true }],
])('leaving is nobody’s business when %s', (_when, change) => {
  expect(deservesQuestion({ ...accident, ...change })).toBe(false)
})
