import { expect, test } from 'vitest'
import type { Result } from '../../ask.ts'
import { sendTyped } from './send-typed.ts'

/** A form with one field, and an answer that comes when it is told to. */
function form() {
  let text = 'the first'
  const field = {
    type: (words: string) => {
      text = words
    },
    text: () => text,
    typed() {
      const data = new FormData()
      data.set('text', text)
      return data
    },
    reset: () => field.type(''),
  }
  const sent: unknown[] = []
  let answer = (_: Result<object>) => {}
  const done = sendTyped<object>(field, (typed) => {
    sent.push(typed.get('text'))
    return new Promise((resolve) => {
      answer = resolve
    })
  })
  return { field, sent, done, answer: (result: Result<object>) => answer(result) }
}
const arrived: Result<object> = { ok: true, value: {} }
const refused: Result<object> = { ok: false, status: 0, problem: { code: 'away', message: '', remedy: '' } }

test('what was sent is taken out of the form', async () => {
  const { field, sent, done, answer } = form()
  answer(arrived)
  expect(await done).toEqual(arrived)
  expect(sent).toEqual(['the first'])
  expect(field.text()).toBe('')
})

test('what was typed while it was under way is the next one, and stays', async () => {
  const { field, done, answer } = form()
  field.type('the second')
  answer(arrived)
  await done
  expect(field.text()).toBe('the second')
})

test('what did not arrive stays', async () => {
  const { field, done, answer } = form()
  answer(refused)
  await done
  expect(field.text()).toBe('the first')
})
