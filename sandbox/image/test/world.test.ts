/** The world as a process: scripts, memos, hostile peers, the end. Loads and terminals have files of their own. */

import { spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { connectLink } from '../../link.ts'
import { encode, encodeFrame, FrameDecoder } from '../../wire.ts'
import { Bench, builtPrograms, Screen, until } from './harness.fixture.ts'
import { legB, u32 } from './leg-b.fixture.ts'

const minute = 60_000
const programs = builtPrograms()

test('a script gives back its status and output, and a limit cuts it', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  expect(await link.exec('echo ö; echo e >&2; exit 3')).toMatchObject({
    ...{ exitCode: 3, stdout: 'ö\n', stderr: 'e\n', timedOut: false, truncated: false },
  })
  const much = await link.exec('head -c 500000 /dev/zero | tr "\\0" a; echo last >&2', { limit: 100_000 })
  expect(much).toMatchObject({ exitCode: 0, truncated: true, stderr: 'last\n' })
  expect(much.stdout).toBe('a'.repeat(100_000))
  const large = await link.exec('head -c 3000000 /dev/zero | tr "\\0" b', { limit: 8 << 20 })
  expect(large.stdout.length).toBe(3_000_000)
  const long = `: ${'x'.repeat(500_000)}\necho end`
  expect((await link.exec(long)).stdout).toBe('end\n')
})

test('a deadline kills a script with all its processes', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const began = performance.now()
  const run = await link.exec('sleep 7654 & echo $!; trap "" TERM; wait', { timeoutMs: 400 })
  expect(run).toMatchObject({ exitCode: 137, timedOut: true })
  expect(performance.now() - began).toBeLessThan(2_500)
  await until(() => {
    try {
      process.kill(Number(run.stdout), 0)
      return false
    } catch {
      return true
    }
  })
})

test('fifteen scripts run at once, the sixteenth is refused', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const all = Array.from({ length: 16 }, (_, i) => link.exec(`sleep 1; echo ${i}`))
  const done = await Promise.allSettled(all)
  expect(done.filter((one) => one.status === 'fulfilled').length).toBe(15)
  expect(done[15]).toMatchObject({ reason: { message: 'exec: too many scripts at once' } })
})

test('memos outlive the connection that wrote them', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const first = await bench.readyLink()
  expect(await first.memoGet('baseline')).toBeNull()
  await first.memoSet('baseline', 'ü'.repeat(100_000))
  await first.memoSet('empty', '')
  first.close()
  const again = await bench.readyLink()
  expect(await again.memoGet('baseline')).toBe('ü'.repeat(100_000))
  expect(await again.memoGet('empty')).toBe('')
  await expect(again.memoSet('big', 'x'.repeat(512 * 1024 + 1))).rejects.toThrow('at most 512 KiB')
  for (let i = 0; i < 14; i++) await again.memoSet(`m${i}`, String(i))
  await expect(again.memoSet('one-more', '')).rejects.toThrow('too many memos')
})

test('requests cut at every byte are understood', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  await bench.readyLink()
  const socket = net.connect(bench.serviceSocket)
  const decoder = new FrameDecoder()
  let replies = 0
  socket.on('data', (bytes) => (replies += decoder.push(bytes).filter(({ type }) => type === 0x81).length))
  const frame = encode({ kind: 'request', id: 7, line: 'memo-set name=a', body: Buffer.from('body') })
  for (let cut = 1; cut < frame.length; cut++) {
    const before = replies
    socket.write(frame.subarray(0, cut))
    await delay(2)
    socket.write(Buffer.concat([frame.subarray(cut), frame]))
    await until(() => replies === before + 2)
  }
  socket.destroy()
})

test('a connection that sends rubbish is closed, the others live on', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const frames = [
    Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 0]),
    encodeFrame({ type: 0x77, channel: 0, payload: Buffer.alloc(3) }),
    encodeFrame({ type: 0x01, channel: 0, payload: Buffer.alloc(2) }),
    encodeFrame({ type: 0x02, channel: 1, payload: Buffer.alloc(7) }),
  ]
  for (const frame of frames) {
    const socket = net.connect(bench.serviceSocket)
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.resume()
    socket.write(frame)
    await closed
  }
  for (const line of [
    '',
    'no-such',
    'exec timeout=x',
    'term-open cols=0',
    'subscribe term=99',
    'x'.repeat(5_000),
  ])
    await expect(link.request(line)).rejects.toThrow()
  expect((await link.exec('echo fine')).stdout).toBe('fine\n')
})

test('a connection that does not read slows nobody', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const terminal = await link.openTerminal({ cols: 80, rows: 24 })
  const deaf = net.connect(bench.serviceSocket)
  deaf.pause()
  const line = `subscribe term=${terminal} channel=1 client=deaf from=start`
  deaf.write(encode({ kind: 'request', id: 1, line, body: Buffer.alloc(0) }))
  for (let id = 2; id < 2_000; id++)
    deaf.write(encode({ kind: 'request', id, line: 'netstat', body: Buffer.alloc(0) }))
  const screen = await Screen.open(link, terminal)
  screen.type('head -c 3000000 /dev/zero | tr "\\0" z; echo do""ne\r')
  await screen.shows(/done\r/, 30_000)
  expect(screen.jumps).toBe(0)
  deaf.destroy()
})

test('a lying agent is not believed', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs, { agent: false })
  const link = bench.link()
  let liar = net.connect(bench.agentSocket).resume()
  const say = (type: number, channel: number, payload: Buffer) =>
    liar.write(encodeFrame({ type, channel, payload }))
  say(legB.ready, 0, Buffer.alloc(0))
  say(legB.timed, 0, Buffer.alloc(0))
  await link.waitReady(5_000)
  for (const type of [...Object.values(legB), 0, 0x55, 0xff])
    for (const channel of [0, 1, 8, 9, 15, 16, 255])
      for (const length of [0, 1, 4, 5, 60_000]) say(type, channel, Buffer.alloc(length, 0xff))
  await until(() => liar.writableLength === 0)
  await delay(300)
  const terminal = await link.openTerminal({ cols: 80, rows: 24 })
  const screen = await Screen.open(link, terminal)
  screen.type('abc')
  say(legB.wrote, terminal, u32(4_000_000_000))
  for (let i = 0; i < 40; i++) say(legB.output, terminal, Buffer.alloc(1 << 20, 120))
  await until(() => screen.bytes > 3_000_000, 20_000)
  expect(screen.typed).toBe(0)

  const exec = link.exec('true', { timeoutMs: 200 })
  await expect(exec).rejects.toThrow('the agent does not answer')
  expect((await link.hello()).agent).toBe('down')

  liar.write(Buffer.from([0, 0, 0x11, 0, 0x95, 1]))
  await new Promise((resolve) => liar.once('close', resolve))
  await until(() => screen.closed === -1)
  liar = net.connect(bench.agentSocket)
  say(legB.timed, 0, Buffer.alloc(0))
  await link.waitReady(5_000)
  liar.destroy()
})

test('`world connect` carries a link over stdin and stdout', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  await bench.readyLink()
  const child = spawn(programs.world, ['connect', bench.serviceSocket], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const link = connectLink(Duplex.from({ writable: child.stdin, readable: child.stdout }))
  const run = await link.exec('head -c 2000000 /dev/zero | tr "\\0" c', { limit: 4 << 20 })
  expect(run.stdout.length).toBe(2_000_000)
  const ended = bench.exit(child)
  link.close()
  expect(await ended).toBe(0)
})

test('`world connect` waits for a world that has not come to open its socket yet', {
  timeout: minute,
}, async () => {
  const folder = await mkdtemp(path.join(programs.folder, 'early-'))
  const socket = path.join(folder, 'service')
  const early = spawn(programs.world, ['connect', socket], { stdio: ['pipe', 'pipe', 'inherit'] })
  const link = connectLink(Duplex.from({ writable: early.stdin, readable: early.stdout }))
  const hello = link.hello()
  // Long enough that it has found no socket: without patience it has ended by now.
  await delay(300)
  expect(early.exitCode).toBeNull()
  const words = ['--mode', 'none', '--linger', '1', '--socket', socket]
  const world = spawn(programs.world, [...words, '--agent-socket', path.join(folder, 'agent')])
  expect(await hello).toMatchObject({ state: 'booting' })
  link.close()
  expect(await new Promise((resolve) => world.once('exit', resolve))).toBe(0)
})

test('without its owner the world ends by itself, and not while one is there', {
  timeout: minute,
}, async () => {
  await using bench = await Bench.start(programs, { linger: 1 })
  const link = await bench.readyLink()
  await delay(1_500)
  expect(bench.world.exitCode).toBeNull()
  link.close()
  expect(await bench.exit(bench.world)).toBe(0)
})

test('poweroff answers and ends; SIGTERM ends too', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  let dead: string | null = null
  link.onDead((reason) => (dead = reason))
  await link.poweroff()
  expect(await bench.exit(bench.world)).toBe(0)
  await until(() => dead !== null)
  await using other = await Bench.start(programs)
  other.world.kill('SIGTERM')
  expect(await other.exit(other.world)).toBe(0)
})

test('a world whose QEMU cannot start says why', { timeout: minute }, async () => {
  const folder = await mkdtemp(path.join(programs.folder, 'usage-'))
  const child = spawn(programs.world, [
    '--mode',
    'restore',
    '--linger',
    '1',
    '--socket',
    path.join(folder, 's'),
    '--',
    'x',
  ])
  let text = ''
  child.stderr.on('data', (bytes) => (text += bytes))
  // Not `exit`, after which its last words may still come.
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2)
  expect(text).toContain('usage: world')
})
