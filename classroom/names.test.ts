/** A name is something that others can read, and no twin of another one. */
import { expect, test } from 'vitest'
import { readName } from './names.ts'

test('names of all scripts stay as they are, with blanks made one', () => {
  const names = [
    'Ada Lovelace',
    '李小龍',
    'محمد',
    'می\u200cخواهم',
    'Zoë 2',
    '7',
    'Ada 👩\u200d💻',
    'O’Neill-Smith Jr.',
  ]
  for (const name of names) expect(readName(name)).toBe(name.normalize('NFC'))
  expect(readName('  Ada \u00a0\t Lovelace ')).toBe('Ada Lovelace')
})

test('what nobody sees is left out, so that two who look alike are called alike', () => {
  for (const twin of ['A\u200bda', '\ufeffAda', 'Ada\u00ad', '\u200eAda\u200f', 'Ada\u2060 \u200b'])
    expect(readName(twin)).toBe('Ada')
})

test('without a letter or a digit that is seen it is no name, nor with what turns the text around it', () => {
  const none = [
    '',
    '   ',
    '\u200b',
    '\u200d\u200d',
    '\u3164',
    '\u115f\uffa0',
    '---',
    '🙂',
    'evil\u202etxt',
    'a\0b',
    'a\nb',
  ]
  for (const name of none) expect(readName(name)).toBeNull()
  expect(readName('x'.repeat(81))).toBeNull()
})
