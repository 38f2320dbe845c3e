import { describe, expect, test } from 'vitest'
import { identityLabels, parseIdentity, poolKeyOf, poolLabels, readIdentity } from './labels.ts'

const identity = {
  home: '/home/x/.ringside',
  sandbox: '3f2b8c1e-9a4d-4a57-8c55-0f4d8a6f1a11',
  owner: 'ada',
  lab: 'accept-queue',
  seed: 7,
  generation: 1,
  started: '2026-11-26T10:00:00.000Z',
  expires: '2026-11-26T12:00:00.000Z',
}

describe('whose a container is', () => {
  test('is told by its labels', () => {
    expect(readIdentity(identityLabels(identity))).toEqual(identity)
  })

  test('is told by its memo when it came out of the pool', () => {
    expect(parseIdentity(JSON.stringify(identity))).toEqual(identity)
  })

  test('is nobody’s while it waits in the pool', () => {
    const labels = poolLabels(identity.home, 'volume-1')
    expect(readIdentity(labels)).toBeNull()
    expect(poolKeyOf(labels)).toBe('volume-1')
    expect(poolKeyOf(identityLabels(identity))).toBeNull()
  })

  test('is nobody’s when what it tells is rubbish', () => {
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '{"home":"/x"}',
      JSON.stringify({ ...identity, sandbox: 'x' }),
    ])
      expect(parseIdentity(text)).toBeNull()
  })
})
