/** A reading is judged by the first state that was told; all else by the figures that were measured whole. On evidence of real machines. */
import path from 'node:path'
import { expect, test } from 'vitest'
import acceptQueue from '../labs/accept-queue/lab.ts'
import type { Answers, Lab } from '../labs/schema.ts'
import type { Evidence } from '../labs/shop/evidence.ts'
import { recordingsOf } from '../labs/shop/recorded.ts'
import { serverOf } from '../labs/shop/server.ts'
import { findingsOf } from './findings.ts'

const lab = acceptQueue as Lab
const id = 'TcpExtListenOverflows'
const { recorded } = recordingsOf(path.join(import.meta.dirname, '../labs/accept-queue'))
const variant = lab.variant(0)
const first = recorded('0-broken')
const counted = serverOf(first).counters[id] ?? 0
/** Measured once more, when three had been lost in between. */
const state = first.state.replace(/^TcpExt: [A-Z].*\n(TcpExt: .*)$/m, (both, values: string) => {
  const column = both.split(/\s+/).indexOf('ListenOverflows')
  const words = values.split(' ')
  words[column] = `${counted + 3}`
  return both.replace(values, words.join(' '))
})
const again: Evidence = { ...first, state, earlier: first.state }
const answers = { ...(lab.referenceAnswers(first, variant) as Answers), value: counted + 1 }
const judged = (before: Evidence, more: Partial<Answers> = {}) =>
  findingsOf(lab, { before, after: first, answers: { ...answers, ...more }, variant })

test('what was read between the first state and the figures that count stood there', () => {
  expect(serverOf(again).counters[id]).toBe(counted + 3)
  expect(judged(first).value?.status).toBe('pass')
  expect(judged({ ...again, earlier: undefined }).value?.status).toBe('fail')
  expect(judged(again).value?.status).toBe('pass')
})

test('what never stood there did not stand there at first either, and nothing else is judged by it', () => {
  expect(judged(again, { value: 1_000_000 }).value?.status).toBe('fail')
  const other = first.state.replace(/^(@@ somaxconn\n)\d+/m, '$199999')
  const by = (before: Evidence) => Object.entries(judged(before)).filter(([one]) => one !== 'value')
  expect(by({ ...again, earlier: other })).toEqual(by({ ...again, earlier: undefined }))
})
