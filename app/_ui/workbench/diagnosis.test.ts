/** What people type into the diagnosis is understood. */
import { expect, it } from 'vitest'
import { type Draft, emptyDraft, readDraft } from './diagnosis.ts'

const full: Draft = { stage: 'ip', counter: ' NftRulePackets ', value: '1 234 567', limit: '0x10', why: '' }

it('numbers may be written with separators or in hexadecimal', () => {
  expect(readDraft(full)).toEqual({
    kind: 'complete',
    answers: { stage: 'ip', counter: 'NftRulePackets', value: 1_234_567, limit: 16, why: '' },
  })
  expect(readDraft({ ...full, value: '12,345' })).toMatchObject({ answers: { value: 12_345 } })
})

it('an empty form is a check without a diagnosis, also with a reason', () => {
  expect(readDraft(emptyDraft)).toEqual({ kind: 'empty' })
  expect(readDraft({ ...emptyDraft, why: 'not sure yet' })).toEqual({ kind: 'empty' })
})

it('a form that is begun names every field that is missing or wrong', () => {
  expect(readDraft({ ...full, stage: '', value: 'about 900', limit: '-1' })).toEqual({
    kind: 'wrong',
    fields: ['stage', 'value', 'limit'],
  })
  expect(readDraft({ ...full, value: '12,34' })).toMatchObject({ fields: ['value'] })
})
