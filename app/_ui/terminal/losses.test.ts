/** What a person at the terminal sees of a bad network, a reset and a shell that ended. */
import { describe, expect, it } from 'vitest'
import { closeCodes } from '../../../sandbox/protocol.ts'
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

  it('of a shell that ended leave its last screen, until a new one is asked for', () => {
    const it = bench()
    it.link.attached()
    it.link.output(0, 'logout')
    it.link.events.heard({ type: 'closed', status: 3 })
    expect(it.state).toMatchObject({ phase: 'closed', exitStatus: 3 })
    expect(it.session.type('lost')).toBe(false)
    it.session.renew()
    it.link.events.opened()
    expect(it.link.said[0]).toMatchObject({ terminal: null, from: 'start' })
    expect(it.text).toBe('logout')
  })

  it('seen by an old link say nothing about the new one', () => {
    const it = bench()
    it.link.attached()
    it.session.open()
    it.links[0]?.events.lost(closeCodes.ended)
    expect(it.state.phase).toBe('connecting')
  })
})
