import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

const read = (...cells: (string | number | null)[]) => parse(csvLine(cells))[0]

test('text, numbers and nothing come back as they were', () => {
  expect(csvLine(['Ada', 0.5, null])).toBe('Ada,0.5,\r\n')
  const hard = ['a,b', 'say "hi"', 'two\nlines', 'semi;colon', 'ümlaut 漢字', ' spaces ', '']
  expect(read(...hard)).toEqual(hard)
})

test('a name that is a formula is only text', () => {
  for (const sign of [
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\n',
    '＝',
    '＋',
    '－',
    '＠',
    ' =',
    '\u00a0=',
    '\0=',
    '|',
    '%',
  ]) {
    const cell = `${sign}cmd|' /C calc'!A0`
    expect(csvLine([cell])).toMatch(/^"'/)
    expect(read(cell)).toEqual([`'${cell.replaceAll('\0', '')}`])
  }
})

test('a formula cannot begin behind a quote or a line end of its own', () => {
  expect(read('x",=1+1,"')).toEqual(['x",=1+1,"'])
  expect(csvLine(['x\r\n=1+1'])).toBe('"x\r\n=1+1"\r\n')
})

test('numbers stay numbers, negative ones too, and what is none is left out', () => {
  expect(csvLine([-1.5, Number.NaN])).toBe('-1.5,\r\n')
})
