/** What people type into the sheet is understood. */
import { expect, it } from 'vitest'
import { readSheet } from './sheet.ts'

const ids = ['ring', 'backlog']

it('figures may be written as in the diagnosis, and questions may stay open', () => {
  expect(readSheet(ids, { ring: '1 024', backlog: ' ' })).toEqual({
    sheet: { figures: { ring: 1024 } },
    wrong: [],
  })
})

it('an empty sheet is none', () => {
  expect(readSheet(ids, {})).toEqual({ sheet: null, wrong: [] })
})

it('what is no whole number is named', () => {
  expect(readSheet(ids, { ring: '1k', backlog: '0x10' })).toEqual({
    sheet: { figures: { backlog: 16 } },
    wrong: ['ring'],
  })
})

it('what an older page has kept for a question that is gone is not handed in', () => {
  expect(readSheet(ids, { ring: '1', gone: '2' }).sheet).toEqual({ figures: { ring: 1 } })
})
