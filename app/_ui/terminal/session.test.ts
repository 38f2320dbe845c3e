/** What a person at the terminal can rely on, whatever the network does. */
import { describe, expect, it } from 'vitest'
import { closeCodes } from '../../../sandbox/protocol/sockets.ts'
import { keptBytes } from './input.ts'
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

describe('a window that may only look', () => {
  it('takes no key, and shows the terminal at its own size', () => {
    const it = bench()
    it.link.attached({ mode: 'look' })
    expect(it.session.type('x')).toBe(false)
    expect(it.link.frames).toEqual([])
    it.link.events.heard({ type: 'size', cols: 132, rows: 43 })
    expect(it.state).toMatchObject({ mode: 'look', size: { cols: 132, rows: 43 } })
  })

  it.each(['it hears so elsewhere', 'the service says so'])(
    'may type: what is typed while it asks anew arrives, when %s',
    (from) => {
      const it = bench()
      it.link.attached({ mode: 'look' })
      it.session.type('refused')
      if (from === 'the service says so') it.link.events.lost(closeCodes.again)
      else it.session.renew()
      expect([it.links.length, it.state.phase]).toEqual([2, 'connecting'])
      it.session.type('first')
      // This client has typed here before.
      it.link.attached({ typed: 40 })
      it.session.type(' second')
      expect(it.link.frames[0]?.offset).toBe(40)
      expect(it.link.typed).toBe('first second')
    },
  )

  it('again: what is typed while it asks anew is for no shell, then or later', () => {
    const it = bench()
    it.link.attached()
    it.link.events.lost(closeCodes.again)
    it.session.type('too late')
    it.link.attached({ mode: 'look', typed: 0 })
    expect(it.link.frames).toEqual([])
    it.session.renew()
    it.link.attached({ typed: 3 })
    expect(it.link.frames).toEqual([])
    it.session.type('x')
    expect(it.link.frames).toMatchObject([{ offset: 3 }])
  })

  it('is asked to come again, and does not hammer a service that only says so', () => {
    const it = bench()
    it.link.attached({ mode: 'look' })
    it.link.events.lost(closeCodes.again)
    it.link.events.lost(closeCodes.again)
    expect([it.links.length, it.state.phase]).toEqual([2, 'waiting'])
    it.wait()
    expect(it.links.length).toBe(3)
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

  it('answers what a program asks of its terminal only where the service says that it does', () => {
    const it = bench({ terminal: 1 })
    it.link.attached({ replies: false })
    expect(it.session.type('\u001b[1;1R')).toBe(true)
    it.session.type('a')
    it.link.events.heard({ type: 'replies', here: true })
    it.session.type('\u001b[2;2R')
    it.link.events.heard({ type: 'replies', here: false })
    it.session.type('\u001b[3;3R')
    expect(it.link.typed).toBe('a\u001b[2;2R')
  })
})

describe('a machine that went back to a moment', () => {
  it('is drawn anew behind a gap, and takes nothing that was typed before', () => {
    const it = bench()
    it.link.attached({ end: 0 })
    it.link.output(0, 'future')
    it.session.type('typed ahead')
    it.link.output(7, 'past')
    expect(it.links).toHaveLength(2)
    it.link.events.opened()
    expect(it.link.said[0]).toMatchObject({ from: 'start', terminal: 1 })
    it.session.type('still too early')
    it.link.attached({ start: 7, end: 11, typed: 11, epoch: 1 })
    it.link.output(7, 'past')
    expect(it.text).toBe('past')
    expect(it.link.frames).toEqual([])
    it.session.type('now')
    expect(it.link.frames).toMatchObject([{ offset: 11 }])
    expect(it.link.typed).toBe('now')
  })

  it('draws the past anew when the page was away meanwhile, though its offsets seem known', () => {
    const it = bench()
    it.link.attached({ epoch: 2 })
    it.link.output(0, 'future')
    it.link.events.lost(cut)
    it.session.type('ahead')
    it.wait()
    it.link.attached({ start: 3, end: 9, typed: 0, epoch: 3 })
    expect(it.clears).toBe(2)
    expect(it.link.frames).toEqual([])
  })

  it('is no surprise to a page that has just been opened', () => {
    const it = bench({ terminal: 1 })
    it.session.type('ahead')
    it.link.attached({ typed: 5, epoch: 4 })
    expect(it.link.typed).toBe('ahead')
  })
})
