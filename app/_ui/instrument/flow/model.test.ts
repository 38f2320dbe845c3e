/**
 * The hash against the kernel's own: the figures came from a C program that includes jhash_3words as it stands in include/linux/jhash.h of
 * 6.12.117, compiled by gcc on x86-64. The dealing against what the chapter and the lab reuseport have shown.
 */
import { describe, expect, test } from 'vitest'
import { flowHash, reciprocalScale } from './hash.ts'
import { type FlowSettings, type FlowState, limit, secrets, startFlow, stepFlow } from './model.ts'

const dealt = (settings: FlowSettings, steps: number): FlowState => {
  let state = startFlow(settings)
  for (let step = 0; step < steps; step++) state = stepFlow(state, settings)
  return state
}

describe('the kernel’s arithmetic', () => {
  test.each([
    ['198.18.0.2', 80, '198.18.4.1', 32768, 0, 4197981928, 8, 7],
    ['198.18.0.2', 80, '198.18.4.1', 33892, 0x9e3779b9, 2077099929, 2, 0],
    ['127.0.0.1', 80, '127.0.0.1', 47414, 0xffffffff, 2925686128, 16, 10],
    ['10.0.0.1', 443, '192.168.255.254', 60999, 1, 376969607, 3, 0],
  ])('%s:%i from %s:%i', (localAddress, localPort, farAddress, farPort, secret, hash, sockets, socket) => {
    expect(flowHash({ localAddress, localPort, farAddress, farPort }, secret)).toBe(hash)
    expect(reciprocalScale(hash, sockets)).toBe(socket)
  })

  test('the largest hash is still one of the sockets', () => {
    expect(reciprocalScale(0xffffffff, 16)).toBe(15)
    expect(reciprocalScale(0xffffffff, 1)).toBe(0)
  })
})

describe('the figures of the chapter, for which the first secret was looked for', () => {
  test('forty connections to eight sockets', () => {
    expect(dealt({ sockets: 8, boot: 1, asleep: 0 }, 40).dealt).toEqual([0, 7, 3, 4, 8, 7, 6, 5])
  })

  test('six of ten are answered when one of two sleeps', () => {
    const { dealt: given, waiting } = dealt({ sockets: 2, boot: 1, asleep: 1 }, 10)
    expect(given).toEqual([4, 6])
    expect(waiting).toBe(4)
  })
})

describe('a socket whose owner sleeps', () => {
  test('keeps one more than its limit, and only then are SYNs dropped', () => {
    let state = startFlow({ sockets: 2, boot: 3, asleep: 1 })
    while (state.dropped === 0) state = stepFlow(state, { sockets: 2, boot: 3, asleep: 1 })
    expect(limit).toBe(77)
    expect(state.waiting).toBe(78)
    expect(state.dealt[0]).toBe(79)
  })

  test('lets all in when it wakes up', () => {
    const asleep = dealt({ sockets: 2, boot: 3, asleep: 1 }, 50)
    expect(asleep.waiting).toBeGreaterThan(0)
    expect(stepFlow(asleep, { sockets: 2, boot: 3, asleep: 0 }).waiting).toBe(0)
  })
})

test('in the long run each of four sockets is given about a quarter, whatever the secret', () => {
  for (const boot of secrets.keys()) {
    for (const count of dealt({ sockets: 4, boot: boot + 1, asleep: 0 }, 400).dealt) {
      expect(count).toBeGreaterThan(70)
      expect(count).toBeLessThan(130)
    }
  }
})
