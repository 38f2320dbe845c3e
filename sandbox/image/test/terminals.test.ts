/** Terminals end to end: a link, a real world, a real agent, a real bash; only the VM is missing. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Bench, builtPrograms, Screen, until } from './harness.fixture.ts'

const minute = 60_000
const programs = builtPrograms()

test('a learner opens a shell, types, and sees the answer', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await link.openTerminal({ cols: 91, rows: 33 })
  const screen = await Screen.open(link, terminal)
  screen.type('echo $((6*7))-$TERM-$0; stty size\r')
  await screen.shows('42-xterm-256color--bash')
  await screen.shows('33 91')
  await until(() => screen.typed === screen.typedSoFar)

  await link.resizeTerminal(terminal, { cols: 120, rows: 40 })
  screen.type('stty size\r')
  await screen.shows('40 120')

  screen.type('exit 7\r')
  await until(() => screen.closed !== null)
  expect(screen.closed).toBe(7)
  expect(screen.text).toContain('logout')
})

test('closing a terminal hangs up what ran in it and frees its place', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const all = []
  for (let i = 0; i < 8; i++) all.push(await link.openTerminal({ cols: 80, rows: 24 }))
  expect(all).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  await expect(link.openTerminal({ cols: 80, rows: 24 })).rejects.toThrow('too many terminals')

  const screen = await Screen.open(link, 3)
  screen.type('echo pid=$$; sleep 1234\r')
  await screen.shows(/pid=\d+\r/)
  const pid = Number(/pid=(\d+)\r/.exec(screen.text)?.[1])
  await link.closeTerminal(3)
  await until(() => screen.closed !== null)
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  await until(async () => (await link.hello()).terminals.length === 7)
  expect(await link.openTerminal({ cols: 80, rows: 24 })).toBe(3)
})

test('a viewer who comes back gets all it missed, and not a byte twice', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const first = await bench.readyLink()
  const terminal = await first.openTerminal({ cols: 80, rows: 24 })
  const before = await Screen.open(first, terminal)
  before.type('echo one; sleep 0.5; echo two; sleep 0.5; echo three\r')
  await before.shows(/[\n\r]one\r/)
  const seen = before.next as number
  first.close()
  await delay(1_500)

  const again = await bench.readyLink()
  const after = await Screen.open(again, terminal, { from: seen })
  await after.shows(/[\n\r]three\r/)
  expect(after.text).toMatch(/two\r/)
  expect(after.text).not.toMatch(/[\n\r]one\r/)
  expect(after.jumps).toBe(0)
  const whole = await Screen.open(again, terminal, { from: 'start', client: 'other' })
  // To the prompt, beyond which nothing comes by itself.
  await whole.shows(/[\n\r]one\r.*two\r.*three\r\n.*[$#] $/s)
  const live = await Screen.open(again, terminal, { from: 'live', client: 'third' })
  expect(live.started?.end).toBe(whole.next)
  expect(live.bytes).toBe(0)
})

test('input sent again after a broken connection is neither lost nor doubled', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const first = await bench.readyLink()
  const terminal = await first.openTerminal({ cols: 80, rows: 24 })
  const before = await Screen.open(first, terminal)
  before.type('stty -echo; echo re""ady; cat\r')
  await before.shows('ready\r\n')
  const line = Buffer.from('a line typed once\r')
  const at = before.typedSoFar
  before.subscription.type(at, line.subarray(0, 7))
  first.close()

  const again = await bench.readyLink()
  const after = await Screen.open(again, terminal, { from: 'live' })
  expect(after.started?.typed).toBeGreaterThanOrEqual(at)
  after.subscription.type(at, line)
  after.subscription.type(at, line)
  after.subscription.type(at + line.length, Buffer.from('the next\r'))
  await after.shows('the next\r\n')
  expect(after.text).toBe('a line typed once\r\nthe next\r\n')
  expect(after.typed).toBe(at + line.length + 9)
})

test('the ring overtakes a viewer who does not acknowledge, and others do not wait', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await link.openTerminal({ cols: 80, rows: 24 })
  const fast = await Screen.open(link, terminal, { client: 'fast' })
  const slow = await Screen.open(link, terminal, { client: 'slow', acks: false })
  fast.type('stty -echo; head -c 4000000 /dev/zero | tr "\\0" x; echo do""ne\r')
  await fast.shows(/done\r/, 30_000)
  expect(fast.bytes).toBeGreaterThan(4_000_000)
  expect(fast.jumps).toBe(0)
  expect(slow.bytes).toBe(1 << 20)
  slow.subscription.ack(slow.next as number)
  await slow.shows(/done\r/)
  expect(slow.jumps).toBe(1)
  expect(slow.bytes).toBeLessThan(2.1 * (1 << 20))
})

test('a flood waits for its only viewer and Ctrl-C ends it at once', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await link.openTerminal({ cols: 80, rows: 24 })
  let ack = false
  const screen = await Screen.open(link, terminal, { acks: false, windowBytes: 64 * 1024 })
  const acking = setInterval(() => ack && screen.next && screen.subscription.ack(screen.next), 1)
  screen.type('yes\r')
  await until(() => screen.bytes > 60_000)
  await delay(200)
  expect(screen.bytes).toBeLessThanOrEqual(64 * 1024)
  const { terminals } = await link.hello()
  expect(terminals[0]?.end).toBeLessThan(300_000)
  ack = true
  await until(() => screen.bytes > 1_000_000, 30_000)
  const began = performance.now()
  screen.type('\x03')
  await screen.shows('^C')
  const took = performance.now() - began
  clearInterval(acking)
  expect(took).toBeLessThan(1_500)
})

test('a flood in one terminal does not hold up the echo in another', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const noisy = await Screen.open(link, await link.openTerminal({ cols: 80, rows: 24 }))
  const quiet = await Screen.open(link, await link.openTerminal({ cols: 80, rows: 24 }))
  quiet.type('cat\r')
  await quiet.shows('cat')
  noisy.type('yes\r')
  await until(() => noisy.bytes > 500_000, 30_000)
  const times: number[] = []
  for (let i = 0; i < 20; i++) {
    const before = quiet.bytes
    const began = performance.now()
    quiet.type('k')
    await until(() => quiet.bytes > before)
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  // Behind the flood it would wait for seconds.
  expect(times[10]).toBeLessThan(1_000)
})

test('a large paste arrives whole although nobody reads it at first', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await link.openTerminal({ cols: 80, rows: 24 })
  const screen = await Screen.open(link, terminal)
  screen.type('stty raw -echo; sleep 1; head -c 600000 | sha256sum; stty sane\r')
  await delay(500)
  screen.type('p'.repeat(600_000))
  const { createHash } = await import('node:crypto')
  await screen.shows(createHash('sha256').update('p'.repeat(600_000)).digest('hex'), 30_000)
  await until(() => screen.typed === screen.typedSoFar)
})

test('when the agent dies its terminals are told closed, and the next agent serves', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const screen = await Screen.open(link, await link.openTerminal({ cols: 80, rows: 24 }))
  const exec = link.exec('sleep 30')
  await screen.shows(/[$#] /)
  bench.agent.kill('SIGKILL')
  await expect(exec).rejects.toThrow('the agent was lost')
  await until(() => screen.closed === -1)
  await expect(link.exec('true')).rejects.toThrow('the agent is not there')
  bench.startAgent()
  await link.waitReady(10_000)
  expect((await link.exec('echo back')).stdout).toBe('back\n')
})

test('a flood waits for a viewer whose connection broke, and nothing of it is lost', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs)
  const first = await bench.readyLink()
  const terminal = await first.openTerminal({ cols: 80, rows: 24 })
  const before = await Screen.open(first, terminal)
  before.type('stty raw -echo; seq 1 1000000; echo do""ne\r')
  await until(() => before.bytes > 500_000, 30_000)
  const seen = before.next as number
  first.close()
  await delay(1_000)
  const again = await bench.readyLink()
  const after = await Screen.open(again, terminal, { from: seen })
  expect(after.started?.start).toBeLessThanOrEqual(seen)
  await after.shows('done', 30_000)
  expect(after.jumps).toBe(0)
})
