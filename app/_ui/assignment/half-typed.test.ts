import { expect, test } from 'vitest'
import { sendWhole } from './half-typed.ts'
import { wrongOf } from './wrong.ts'

const input = (name: string, badInput: boolean) => ({ name, validity: { badInput } })

test('a date of which a part is missing is not sent as none, and is said at its field', async () => {
  let sent = 0
  const send = async () => ({ ok: true as const, value: ++sent })
  const half = [input('title', false), input('dueAt', true), input('lateDueAt', true)]
  const result = await sendWhole(half, send)
  expect(sent).toBe(0)
  if (result.ok) throw new Error('it was sent')
  const wrong = wrongOf(result.fields ?? [])
  expect(wrong.count).toBe(2)
  expect(wrong.at('dueAt')).toBe(
    'A part of the date or of the time is missing. Choose a time that a clock there shows and that is after the release, or empty it.',
  )
  expect(wrong.at('title')).toBeUndefined()
  expect(result.problem.message).toMatch(/^2 fields .* Nothing was saved/)
})

test('what is whole, or quite empty, is sent as it is', async () => {
  const answer = { ok: true as const, value: 'saved' }
  expect(await sendWhole([input('dueAt', false), input('', false)], async () => answer)).toBe(answer)
})
