/** What a person at the terminal sees of a bad network, a reset and a shell that ended. */
import { describe, expect, it } from 'vitest'
import { closeCodes } from '../../../sandbox/protocol/sockets.ts'
import { bench } from './session.fixture.ts'

const cut = 1006

describe('losses', () => {
  it('are answered by waiting longer each time, up to 8 s, and from the start again after success', () => {
    const it = bench()
    const waits = Array.from({ length: 7 }, () => {
      it.link.events.lost(closeCodes.unavailable)
      return it.wait()
    })
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000])
    it.link.attached()
    it.link.events.lost(cut)
    expect(it.wait()).toBe(250)
  })

  it('that are final are not tried again', () => {
    for (const [code, phase] of [
      [closeCodes.ended, 'ended'],
      [closeCodes.badOrigin, 'refused'],
    ] as const) {
      const it = bench()
      it.link.attached()
      it.link.events.lost(code)
      expect(it.state.phase).toBe(phase)
      expect(() => it.wait()).toThrow('nothing is waited for')
    }
  })

  it('because the machine was replaced lead to the new one', () => {
    const it = bench()
    it.link.attached()
    it.link.events.lost(closeCodes.replaced)
    expect(it.wait()).toBe(250)
    it.link.attached({ generation: 1 })
    expect(it.state).toMatchObject({ phase: 'live', generation: 1 })
  })

  it('of a shell that ended leave its last screen', () => {
    const it = bench()
    it.link.attached()
    it.link.output(0, 'logout')
    it.link.events.heard({ type: 'closed', status: 3 })
    expect(it.state).toMatchObject({ phase: 'closed', exitStatus: 3 })
    expect(it.session.type('lost')).toBe(false)
    expect(it.text).toBe('logout')
  })

  it('that nobody tells of are found out: a link that is silent is asked, and given up when it stays so', () => {
    const it = bench()
    it.link.attached()
    expect(it.wait()).toBe(10_000)
    expect(it.link.said.at(-1)).toEqual({ type: 'ping' })
    it.link.events.heard({ type: 'pong' })
    expect(it.state.phase).toBe('live')
    expect(it.wait()).toBe(10_000)
    expect(it.wait()).toBe(4_000)
    expect(it.links[0]?.closed).toBe(true)
    expect(it.state.phase).toBe('waiting')
  })

  it('of a shell that was closed elsewhere are final', () => {
    const it = bench()
    it.link.attached()
    it.link.events.lost(closeCodes.noTerminal)
    expect(it.state).toMatchObject({ phase: 'closed', exitStatus: null })
    expect(it.session.type('lost')).toBe(false)
  })

  it('of the page itself lose nothing that was typed: the next one goes on with what had not arrived', () => {
    const it = bench({ terminal: 1, generation: 0 })
    it.link.attached({ typed: 0 })
    it.session.type('one two')
    it.link.events.heard({ type: 'typed', offset: 4 })
    const { kept } = it.session
    expect(kept.base).toBe(4)
    const next = bench({ terminal: 1, generation: 0, kept })
    next.session.type(' three')
    next.link.attached({ typed: 6 })
    expect(next.link.frames[0]?.offset).toBe(6)
    expect(next.link.typed).toBe('o three')
    // Of another machine it was not meant for, nor for a moment that this one went back to while no page was there.
    const other = bench({ terminal: 1, generation: 0, kept })
    other.link.attached({ generation: 1, typed: 0 })
    expect(other.link.typed).toBe('')
    const past = bench({ terminal: 1, generation: 0, kept })
    past.link.attached({ typed: 4, epoch: 1 })
    expect(past.link.typed).toBe('')
    past.session.type('now')
    expect(past.link.frames[0]?.offset).toBe(4)
    expect(past.link.typed).toBe('now')
  })

  it('seen by an old link say nothing about the new one', () => {
    const it = bench()
    it.link.attached()
    it.session.open()
    it.links[0]?.events.lost(closeCodes.ended)
    expect(it.state.phase).toBe('connecting')
  })
})
