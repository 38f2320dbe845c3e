/** Whose word tells that a host was busy. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sideOf } from './criteria.ts'
import { format, parse, recordingsOf } from './recorded.ts'
import { quiet, starved } from './verdicts.fixture.ts'

const evidence = recordingsOf(join(import.meta.dirname, '../accept-queue')).recorded('0-broken')
const { host: _, ...load } = evidence.load
const silent = { ...evidence, load, stateMs: 300 }

test('the host’s word counts, however long the server took to describe itself', () => {
  expect(sideOf(starved(silent)).starved).toBe(true)
  expect(sideOf(quiet({ ...silent, stateMs: 9_000 })).starved).toBe(false)
})

test('where the host told nothing, the server’s time does', () => {
  expect(sideOf({ ...silent, stateMs: 4_000 }).starved).toBe(true)
  expect(sideOf(silent).starved).toBe(false)
})

test('a recording keeps the host’s word', () => {
  expect(parse(format(starved(silent))).load.host).toEqual({ left: 0.4 })
  expect(parse(format(silent)).load).not.toHaveProperty('host')
})
