import { expect, test } from 'vitest'
import { differs, figuresOf, saidOf, worldOf } from './evidence.ts'

const result = (outcome: string, totalUs: number) => ({ outcome, totalUs, retransmits: 1 })
const before = {
  state: '@@ somaxconn\n8\n@@ kernel\n6.12\n@@ end',
  stateMs: 120,
  load: {
    results: [result('ok', 2_000), result('connect-timeout', -1), result('ok', 90_000)],
    ...{ netstat: { retransSegs: 4 }, ms: 5_000 },
  },
}
const after = { ...before, state: '@@ somaxconn\n4096\n@@ kernel\n6.12\n@@ end', stateMs: 130 }

test('the world of a load: how many were answered, how fast, and what the others met', () => {
  expect(worldOf(before)).toEqual({
    ...{ requests: 3, outcomes: { ok: 2, 'connect-timeout': 1 } },
    ...{ p50Ms: 90, p95Ms: 90, retransmits: 3, ms: 5_000 },
  })
})

test('what the server said, part by part, and which of it is other than before', () => {
  const said = saidOf(before, after)
  expect(said.filter(differs)).toEqual([{ name: 'state · somaxconn', before: '8', after: '4096' }])
  expect(said.map(({ name }) => name)).toContain('state · kernel')
})

test('figures are laid out flat; of a list only its length is said', () => {
  expect(figuresOf({ ...before, asked: [1, 2] }, after)).toEqual([
    { name: 'stateMs', before: '120', after: '130' },
    { name: 'load.netstat.retransSegs', before: '4', after: '4' },
    { name: 'asked', before: '2 ×', after: null },
  ])
})

test('evidence of any shape is no surprise', () => {
  for (const odd of [null, 1, 'text', [], { load: null }, { load: { results: [null, 3] } }]) {
    expect(() => [worldOf(odd), saidOf(odd, null), figuresOf(null, odd)]).not.toThrow()
  }
  expect(worldOf({ load: {} })).toBeNull()
})
