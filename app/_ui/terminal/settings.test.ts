/** Settings that a browser kept, or that somebody put there. */
import { expect, test } from 'vitest'
import { parseSettings, resized } from './settings.ts'

const usual = { fontSize: 13, screenReader: false, colours: 'page', bell: 'visual' }

test.each([
  null,
  '',
  'no JSON',
  'null',
  '[]',
  '"13"',
  '{"fontSize":400,"colours":"pink","bell":7,"screenReader":"yes"}',
])('%j is no settings, and the usual ones hold', (kept) => {
  expect(parseSettings(kept)).toEqual(usual)
})

test('one bad part does not take the good ones with it', () => {
  const kept = '{"fontSize":1e9,"colours":"contrast","bell":"sound","screenReader":true,"more":1}'
  expect(parseSettings(kept)).toEqual({
    fontSize: 13,
    screenReader: true,
    colours: 'contrast',
    bell: 'sound',
  })
})

test('what was kept before there were colours and a bell still holds', () => {
  expect(parseSettings('{"fontSize":16,"screenReader":true}')).toEqual({
    ...usual,
    fontSize: 16,
    screenReader: true,
  })
})

test('type grows and shrinks within bounds', () => {
  const settings = parseSettings(null)
  expect(resized(settings, 1).fontSize).toBe(14)
  expect(resized(settings, -100).fontSize).toBe(9)
  expect(resized(settings, 100).fontSize).toBe(24)
})
