/** What is handed in with an attempt: what stands in the form of this page. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type StorageState, storage } from '../storage.fixture.ts'

const questions = [{ id: 'ring', stage: 'ring', text: 'How long is it?', unit: 'packets' }] as never
const typed = { stage: 'ip', counter: 'NftRulePackets', value: '7', limit: '16', why: '' }
const answers = { stage: 'ip', counter: 'NftRulePackets', value: 7, limit: 16, why: '' }

/** A tab of a browser; tabs share its storage and nothing else. */
async function tab() {
  vi.resetModules()
  const [{ answersOf }, { diagnosisDrafts }, { sheetDrafts }] = await Promise.all([
    import('./assigned.ts'),
    import('./diagnosis.ts'),
    import('./sheet.ts'),
  ])
  return { answersOf, diagnosisDrafts, sheetDrafts }
}

afterEach(() => void vi.unstubAllGlobals())

describe.each<StorageState>(['open', 'full', 'forbidden'])('in a browser whose storage is %s', (state) => {
  beforeEach(() => void vi.stubGlobal('localStorage', storage(state)))

  test('what was typed is what is handed in', async () => {
    const { answersOf, diagnosisDrafts, sheetDrafts } = await tab()
    expect(answersOf('a', null)).toEqual({ ok: true, answers: null })
    diagnosisDrafts.save('a', typed)
    expect(answersOf('a', null)).toEqual({ ok: true, answers })
    sheetDrafts.save('a', { ring: '1 024' })
    expect(answersOf('a', questions)).toEqual({ ok: true, answers: { figures: { ring: 1024 } } })
  })

  test('what was typed before the start goes along with the first attempt, and with no other', async () => {
    const { answersOf, diagnosisDrafts } = await tab()
    expect(diagnosisDrafts.open('a', typed)).toEqual(typed)
    expect(answersOf('a', null)).toEqual({ ok: true, answers })
    expect(diagnosisDrafts.open('b')).toEqual(diagnosisDrafts.empty)
  })
})

test('another tab’s draft is not handed in from here', async () => {
  vi.stubGlobal('localStorage', storage('open'))
  const here = await tab()
  here.diagnosisDrafts.open('a')
  const there = await tab()
  there.diagnosisDrafts.save('a', typed)
  expect(here.answersOf('a', null)).toEqual({ ok: true, answers: null })
  // A page that comes later has what was typed last.
  expect((await tab()).answersOf('a', null)).toEqual({ ok: true, answers })
})

test('what is kept for an attempt is not overwritten by what was typed before it was known', async () => {
  vi.stubGlobal('localStorage', storage('open', { 'ringside:diagnosis:a': JSON.stringify(typed) }))
  const { diagnosisDrafts } = await tab()
  expect(diagnosisDrafts.open('a', { ...typed, value: '8' })).toEqual(typed)
})
