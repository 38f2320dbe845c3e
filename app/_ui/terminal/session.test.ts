/** What a person at the terminal can rely on, whatever the network does. */
import { describe, expect, it } from 'vitest'
import { closeCodes } from '../../../sandbox/protocol.ts'
import { decodeFrame, encodeFrame } from './frame.ts'
import { keptBytes } from './input.ts'
import { isTerminalReply } from './replies.ts'
import { bench } from './session.fixture.ts'

const cut = 1006

describe('attaching', () => {
  it('asks for a new shell when none is remembered, for the remembered one with its whole screen otherwise', () => {
    const first = bench()
    first.link.events.opened()
    expect(first.link.said[0]).toMatchObject({
      type: 'attach',
      terminal: null,
      from: 'start',
      generation: null,
    })
    const again = bench({ terminal: 3 })
    again.link.events.opened()
    expect(again.link.said[0]).toMatchObject({ terminal: 3, from: 'start', cols: 80, rows: 24 })
  })

  it('goes on typing where this client stopped before the page was reloaded', () => {
    const it = bench({ terminal: 3 })
    it.session.type('ahead')
    it.link.attached({ terminal: 3, typed: 40, end: 900 })
    expect(it.link.frames).toMatchObject([{ offset: 40 }])
    expect(it.link.typed).toBe('ahead')
  })

  it('says the size it has by then, and only changes of it', () => {
    const it = bench()
    it.session.resize(100, 30)
    it.link.attached()
    it.session.resize(100, 30)
    it.session.resize(101, 30)
    expect(it.link.said.map((message) => message.type)).toEqual(['attach', 'resize'])
    expect(it.link.said[0]).toMatchObject({ cols: 100 })
  })

  it('gives up a link that does not answer', () => {
    const it = bench()
    it.link.events.opened()
    it.wait()
    expect(it.links[0]?.closed).toBe(true)
    expect(it.state.phase).toBe('waiting')
  })
})

describe('output', () => {
  it('comes back from the next byte after a loss, none lost and none doubled', () => {
    const it = bench()
    it.link.attached()
    it.link.output(0, 'abc')
    it.link.events.lost(cut)
    it.wait()
    it.link.events.opened()
    expect(it.link.said[0]).toMatchObject({ from: 3, terminal: 1, generation: 0 })
    it.link.attached({ end: 6 })
    it.link.output(1, 'bcdef')
    it.link.output(0, 'abc')
    expect(it.text).toBe('abcdef')
    expect(it.clears).toBe(1)
  })

  it('is replayed from what is kept when the service no longer has the next byte', () => {
    const it = bench()
    it.link.attached()
    it.link.output(0, 'abc')
    it.link.events.lost(cut)
    it.wait()
    it.link.attached({ start: 100, end: 103 })
    it.link.output(100, 'xyz')
    expect(it.text).toBe('xyz')
  })

  it('with a hole in it makes the session replay everything', () => {
    const it = bench()
    it.link.attached()
    it.link.output(0, 'abc')
    it.link.output(7, 'hij')
    it.link.events.opened()
    expect(it.links[0]?.closed).toBe(true)
    expect(it.link.said[0]).toMatchObject({ from: 'start', terminal: 1 })
  })

  it('of a new machine or a new shell starts on an empty screen', () => {
    for (const change of [{ generation: 1 }, { fresh: true }]) {
      const it = bench()
      it.link.attached()
      it.link.output(0, 'old')
      it.session.type('for the old shell')
      it.link.events.lost(cut)
      it.session.type(' and this')
      it.wait()
      it.link.attached({ ...change, end: 3 })
      it.link.output(0, 'new')
      expect(it.text).toBe('new')
      expect(it.link.typed).toBe('')
    }
  })

  it('is acknowledged every 64 KiB, only when it is on the screen, and never for an older screen', () => {
    const it = bench({ slowScreen: true })
    it.link.attached()
    const block = new Uint8Array(40_000)
    it.link.output(0, block)
    it.link.output(40_000, block)
    expect(it.link.said.filter((message) => message.type === 'ack')).toEqual([])
    it.draw()
    expect(it.link.said.filter((message) => message.type === 'ack')).toEqual([
      { type: 'ack', offset: 80_000 },
    ])
    it.link.output(80_000, block)
    it.link.output(120_000, block)
    it.link.events.lost(cut)
    it.wait()
    it.link.attached({ generation: 1 })
    it.draw()
    expect(it.link.said.filter((message) => message.type === 'ack')).toEqual([])
  })
})

describe('input', () => {
  it('that had not arrived is sent again after a loss, what had arrived is not', () => {
    const it = bench()
    it.link.attached()
    it.session.type('make ')
    it.session.type('test')
    it.link.events.heard({ type: 'typed', offset: 5 })
    it.link.events.lost(cut)
    it.session.type('\r')
    it.wait()
    it.link.attached({ typed: 7 })
    expect(it.link.frames[0]?.offset).toBe(7)
    expect(it.link.typed).toBe('st\r')
  })

  it('larger than the window goes in pieces as the shell takes them', () => {
    const it = bench()
    it.link.attached()
    it.session.type('x'.repeat(100_000))
    expect(it.link.typed.length).toBe(64 * 1024)
    it.link.events.heard({ type: 'typed', offset: 64 * 1024 })
    expect(it.link.typed.length).toBe(100_000)
    expect(it.link.frames.map((frame) => frame.offset)).toEqual([0, 16384, 32768, 49152, 65536, 81920, 98304])
  })

  it('larger than what is kept is refused whole', () => {
    const it = bench()
    it.link.attached()
    expect(it.session.type('x'.repeat(keptBytes + 1))).toBe(false)
    expect(it.session.type('y')).toBe(true)
    expect(it.link.typed).toBe('y')
  })

  it("does not repeat the terminal's own answers while an old screen is replayed", () => {
    const it = bench({ terminal: 1, slowScreen: true })
    it.link.attached({ end: 4 })
    it.link.output(0, '\u001b[6n')
    it.session.type('\u001b[1;1R')
    it.session.type('l')
    it.draw()
    it.session.type('\u001b[2;2R')
    expect(it.link.typed).toBe('l\u001b[2;2R')
  })
})

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

describe('frames and replies', () => {
  it('survive the way through a message', () => {
    const bytes = new TextEncoder().encode('grüße')
    const message = encodeFrame({ offset: 2 ** 40 + 7, bytes })
    expect(decodeFrame(message.buffer)).toEqual({ offset: 2 ** 40 + 7, bytes })
    expect(decodeFrame(new ArrayBuffer(3))).toBeNull()
  })

  it('are told from what people type', () => {
    for (const reply of [
      '\u001b[24;80R',
      '\u001b[?1;2c',
      '\u001b[>0;276;0c',
      '\u001b[0n',
      '\u001b]11;rgb:00/00/00\u0007',
      '\u001bP1$r0m\u001b\\',
    ])
      expect(isTerminalReply(reply)).toBe(true)
    for (const typed of ['\u001b[A', '\u001bOR', '\r', 'c', '\u001b[200~x\u001b[201~', '\u001b[Z'])
      expect(isTerminalReply(typed)).toBe(false)
  })
})
