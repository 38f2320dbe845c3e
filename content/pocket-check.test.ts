/** The pocket's own data is right, and what is wrong in one would be seen. */
import { expect, test } from 'vitest'
import { pocket } from './pocket.ts'
import { checkPocket } from './pocket-check.ts'

const good = {
  id: 'ring',
  stage: 'ring',
  line: 'ethtool -g eth0',
  asks: 'How long is it?',
  output: 'RX: 256',
  columns: [{ name: 'RX', means: 'Descriptors.' }],
  chapter: 'nic',
}
const messages = (...commands: unknown[]) => checkPocket(commands).map(({ message }) => message)

test('nothing is wrong with the pocket of the course', () => expect(checkPocket(pocket)).toEqual([]))

test('a column that the output does not have', () => {
  expect(messages({ ...good, columns: [{ name: 'TX', means: 'x' }] })).toEqual(['Its output has no “TX”.'])
})

test('an id twice, a stage out of order, a chapter that is none', () => {
  expect(messages(good, good)).toEqual(['Another command has this id.'])
  expect(messages(good, { ...good, id: 'wire', stage: 'wire' })).toEqual([
    'It stands behind a command of a later stage.',
  ])
  expect(messages({ ...good, chapter: 'nowhere' })).toEqual(['The course has no chapter nowhere.'])
})

test('a line that would be two, or hide something from whoever clicks it', () => {
  for (const line of ['a\nb', 'a\u001b[A', 'a\u202eb', ''])
    expect(messages({ ...good, line })).toEqual(['must be one line of printable ASCII'])
})
