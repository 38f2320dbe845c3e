/** Several typists at one terminal: what each means as one key, one character or one paste arrives as one. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Link } from '../../link.ts'
import { encodeFrame, FrameDecoder } from '../../wire.ts'
import { Bench, builtPrograms, Screen, until } from './harness.fixture.ts'
import { legB } from './leg-b.fixture.ts'

const minute = 60_000
const programs = builtPrograms()

/** A terminal whose program shows what it is typed, byte for byte. */
async function openCat(link: Link): Promise<number> {
  const terminal = await link.openTerminal({ cols: 80, rows: 24 })
  const screen = await Screen.open(link, terminal, { client: 'opener' })
  screen.type('stty raw -echo; echo re""ady; exec cat -u\r')
  await screen.shows('ready')
  return terminal
}

const typist = (link: Link, terminal: number, client: string) =>
  Screen.open(link, terminal, { client, from: 'live' })

/** All that is never to be cut, with the place of each cut. */
const wholes = {
  arrow: '\x1b[A',
  'function key': '\x1bOP',
  'key with modifiers': '\x1b[1;5C',
  'console key': '\x1b[[A',
  'Alt and an arrow': '\x1b\x1b[D',
  'old mouse': '\x1b[M abc'.slice(0, 6),
  mouse: '\x1b[<0;12;7M',
  'answer about a colour': '\x1b]11;rgb:0000/0000/0000\x07',
  'answer about a mode': '\x1bP1$r0m\x1b\\',
  umlaut: 'ü',
  kanji: '接',
  emoji: '🦀',
  paste: '\x1b[200~two\rlines, ü and \x1b]0;x\x1b[201~',
}

for (const [name, whole] of Object.entries(wholes))
  test(`nobody's key comes between the bytes of: ${name}`, { timeout: minute }, async () => {
    await using bench = await Bench.start(programs)
    const link = await bench.readyLink()
    const terminal = await openCat(link)
    const [one, two] = [await typist(link, terminal, 'one'), await typist(link, terminal, 'two')]
    const bytes = Buffer.from(whole)
    let expected = ''
    // Of long ones not every place: each waits for the refused typist's next try.
    for (let cut = 1; cut < bytes.length; cut += Math.ceil(bytes.length / 12)) {
      one.subscription.type(one.typedSoFar, bytes.subarray(0, cut))
      one.typedSoFar += cut
      two.type('x')
      one.subscription.type(one.typedSoFar, bytes.subarray(cut))
      one.typedSoFar += bytes.length - cut
      expected += `${bytes.toString('latin1')}x`
      await until(() => one.text.length >= expected.length)
      expect(JSON.stringify(one.text)).toBe(JSON.stringify(expected))
    }
  })

test('keys of two typists who do not cut anything follow each other as they come', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await openCat(link)
  const [one, two] = [await typist(link, terminal, 'one'), await typist(link, terminal, 'two')]
  const began = performance.now()
  for (let i = 0; i < 100; i++) {
    one.type('\x1b[A')
    two.type('ü')
    one.type('a')
  }
  await until(() => one.text.length === 100 * 6)
  expect(one.text).toBe(Buffer.from('\x1b[Aüa'.repeat(100)).toString('latin1'))
  // Were each to wait until the other one is taken for idle, it would be ten seconds and more.
  expect(performance.now() - began).toBeLessThan(8_000)
})

test('Escape alone holds nobody up for long', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await openCat(link)
  const [one, two] = [await typist(link, terminal, 'one'), await typist(link, terminal, 'two')]
  one.type('\x1b')
  two.type('x')
  const began = performance.now()
  await one.shows('\x1bx')
  expect(performance.now() - began).toBeLessThan(700)
  // Alt-] is the start of an answer as well; later keys of the same typist are keys.
  one.type('\x1b]')
  await delay(150)
  one.type('a')
  two.type('y')
  await one.shows('\x1b]ay', 900)
})

test('nobody locks the others out, whatever they send', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await openCat(link)
  const [one, two] = [await typist(link, terminal, 'hog'), await typist(link, terminal, 'patient')]
  // A paste that never ends, a byte every 200 ms: never idle.
  one.type('\x1b[200~')
  const hogging = setInterval(() => one.type('h'), 200)
  const began = performance.now()
  two.type('x')
  await until(() => two.typed === 1, 14_000)
  const first = performance.now() - began
  expect(first).toBeGreaterThan(5_000)
  expect(first).toBeLessThan(12_000)
  clearInterval(hogging)

  // And one that ends in the middle lets go after a second.
  two.type('y')
  await until(() => two.typed === 2, 2_500)
  expect(one.text.replaceAll('h', '')).toBe('\x1b[200~xy')
})

test('a typist whose connection breaks inside a paste goes on with it', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await openCat(link)
  const other = await bench.readyLink()
  const one = await typist(other, terminal, 'one')
  const two = await typist(link, terminal, 'two')
  one.type('\x1b[200~half ')
  await until(() => one.typed === one.typedSoFar)
  other.close()
  const again = await typist(await bench.readyLink(), terminal, 'one')
  two.type('x')
  again.type('and half\x1b[201~')
  await two.shows('x')
  expect(two.text).toBe('\x1b[200~half and half\x1b[201~x')
})

test('who only looks cannot type, takes no place of a typist, and sets no pace unless asked', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await link.openTerminal({ cols: 80, rows: 24 })
  const screen = await Screen.open(link, terminal)
  await screen.shows(/[$#] $/)
  const looking = await Promise.all(
    Array.from({ length: 40 }, () =>
      Screen.open(link, terminal, { client: '', acks: false, setsPace: false }),
    ),
  )
  looking[0]?.subscription.type(0, Buffer.from('echo never\r'))
  screen.type('echo al""ways\r')
  await screen.shows('always')
  expect(screen.text).not.toContain('never')
  for (const one of looking) await one.shows('always')

  // The flood waits for the one viewer who sets the pace, although forty others are not waited for.
  for (const one of looking) one.subscription.leave()
  const pacer = await Screen.open(link, terminal, { client: 'pacer', acks: false, windowBytes: 65_536 })
  const free = await Screen.open(link, terminal, { client: '', setsPace: false })
  screen.subscription.leave()
  pacer.type('yes\r')
  await until(() => pacer.bytes >= 65_536)
  await delay(300)
  expect(free.bytes).toBeLessThan(400_000)
})

test('floods in five terminals do not hold up the echo in a sixth', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const noisy: Screen[] = []
  for (let i = 0; i < 5; i++)
    noisy.push(await Screen.open(link, await link.openTerminal({ cols: 80, rows: 24 })))
  const quiet = await Screen.open(link, await link.openTerminal({ cols: 80, rows: 24 }))
  quiet.type('cat\r')
  await quiet.shows('cat')
  for (const one of noisy) one.type('yes\r')
  await until(() => noisy.every((one) => one.bytes > 300_000), 30_000)
  for (let i = 0; i < 10; i++) {
    const before = quiet.bytes
    quiet.type('k')
    await until(() => quiet.bytes > before, 2_000)
  }
})

test('what runs in a terminal is told, and a shell at its prompt runs nothing', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await link.openTerminal({ cols: 80, rows: 24 })
  const screen = await Screen.open(link, terminal)
  await screen.shows(/[$#] $/)
  expect(await link.foreground(terminal)).toEqual({ busy: false, program: '' })
  screen.type('sleep 1234\r')
  // Between fork and exec it is a second bash.
  await until(async () => (await link.foreground(terminal)).program === 'sleep')
  expect(await link.foreground(terminal)).toEqual({ busy: true, program: 'sleep' })
  screen.type('\x1a')
  await screen.shows('Stopped')
  expect(await link.foreground(terminal)).toEqual({ busy: true, program: 'sleep' })
  screen.type('kill -9 %1; wait\r')
  await until(async () => !(await link.foreground(terminal)).busy)
  screen.type('exit 3\r')
  await until(() => screen.closed !== null)
  expect(await link.foreground(terminal)).toEqual({ busy: false, program: '' })
  expect((await link.hello()).terminals).toMatchObject([{ alive: false, status: 3, serial: 1, cols: 80 }])
})

test('an agent that lies about it, or says nothing, does no harm', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs, { agent: false })
  const link = bench.link()
  const { default: net } = await import('node:net')
  const liar = net.connect(bench.agentSocket)
  const decoder = new FrameDecoder()
  let asked = 0
  liar.on('data', (bytes: Buffer) => {
    asked += decoder.push(bytes).filter(({ type }) => type === legB.foreground).length
  })
  const say = (channel: number, payload: string | Buffer) =>
    liar.write(encodeFrame({ type: legB.inFront, channel, payload: Buffer.from(payload) }))
  liar.write(encodeFrame({ type: legB.ready, channel: 0, payload: Buffer.alloc(0) }))
  liar.write(encodeFrame({ type: legB.timed, channel: 0, payload: Buffer.alloc(0) }))
  await link.waitReady(5_000)
  const terminal = await link.openTerminal({ cols: 80, rows: 24 })
  for (const channel of [0, 1, 9, 255]) say(channel, '\x01unasked')
  await until(() => liar.writableLength === 0)
  // What lies in the world's hands by then is read in the round that answers the first of these, at the latest.
  for (let round = 0; round < 2; round++) await link.hello()
  const answer = link.foreground(terminal)
  await until(() => asked === 1)
  say(terminal, Buffer.alloc(0))
  say(terminal, `\x01a b=c\n\x1b[2J${'z'.repeat(60_000)}`)
  expect(await answer).toEqual({ busy: true, program: 'a?b=c??[2Jzzzzz' })
  await expect(link.foreground(terminal)).rejects.toThrow('the agent does not answer')
  const lost = link.foreground(terminal)
  liar.destroy()
  await expect(lost).rejects.toThrow('the agent does not answer')
})

test('the time of an echo is taken at the agent’s port', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await openCat(link)
  const screen = await typist(link, terminal, 'one')
  expect(await link.echoTimes(terminal)).toEqual([])
  for (let i = 1; i <= 5; i++) {
    screen.type('k')
    await until(() => screen.bytes === i)
  }
  const times = await link.echoTimes(terminal)
  expect(times).toHaveLength(5)
  for (const us of times) expect(us).toBeGreaterThan(0)
  for (const us of times) expect(us).toBeLessThan(1_000_000)
  expect(await link.echoTimes(terminal)).toEqual([])
})
