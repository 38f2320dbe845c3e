/** Everything of the world that is not a terminal: scripts, loads, the background, memos, hostile peers, the end. */

import { spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import http from 'node:http'
import net from 'node:net'
import path from 'node:path'
import { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LoadPlan, PlannedRequest } from '../../../grader/guest.ts'
import { connectLink } from '../../link.ts'
import { encode, encodeFrame, FrameDecoder } from '../../wire.ts'
import { Bench, buildPrograms, type Programs, Screen, until } from './harness.ts'
import { legB, u32 } from './leg-b.ts'

const minute = 60_000
let programs: Programs

beforeAll(async () => {
  programs = await buildPrograms()
}, 2 * minute)
afterAll(() => programs[Symbol.asyncDispose]())

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

test('a load tells every outcome that a client can meet', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  await using shop = await serve((request, response) => {
    if (request.url === '/chunked') {
      response.write('first ')
      setTimeout(() => response.end('second'), 20)
    } else if (request.url === '/missing') response.writeHead(404).end('no')
    else if (request.url === '/never') response.writeHead(200)
    else if (request.url === '/reset') request.socket.resetAndDestroy()
    else if (request.url === '/half') {
      response.writeHead(200, { 'content-length': '100' }).write('half')
      setTimeout(() => request.socket.end(), 20)
    } else if (request.url === '/rubbish') request.socket.end('what?\r\n\r\n')
    else if (request.method === 'POST') {
      let bytes = 0
      request.on('data', (chunk) => (bytes += chunk.length))
      request.on('end', () => response.end(`got ${bytes}`))
    } else response.end('hello')
  })
  const link = await bench.readyLink()
  const paths = ['/', '/chunked', '/missing', '/never', '/reset', '/half', '/rubbish']
  const requests = paths.map((url) => request({ path: url, totalTimeoutMs: 600 }))
  requests.push(request({ atMs: 50, method: 'POST', path: '/up', bodyBytes: 1_000_000 }))
  requests.push(request({ atMs: 20, holdMs: 300, src: '127.0.0.77' }))
  const { results, netstat, ms } = await link.load({ dst: '127.0.0.1', port: shop.port, requests })
  expect(results.map((one) => one.outcome)).toEqual([
    ...['ok', 'ok', 'http', 'read-timeout', 'reset', 'closed', 'error', 'ok', 'ok'],
  ])
  expect(results[0]).toMatchObject({ status: 200, bytes: 5, head: 'hello', retransmits: 0 })
  expect(results[1]?.head).toBe('first second')
  expect(results[2]?.status).toBe(404)
  expect(results[3]?.totalUs).toBeGreaterThanOrEqual(600_000)
  expect(results[3]?.totalUs).toBeLessThan(900_000)
  expect(results[7]?.head).toBe('got 1000000')
  expect(results[8]?.firstByteUs).toBeGreaterThan(300_000)
  expect(shop.peers).toContain('127.0.0.77')
  for (const { connectUs, totalUs } of results) expect(connectUs).toBeLessThanOrEqual(totalUs)
  expect(netstat.activeOpens).toBeGreaterThanOrEqual(9)
  expect(ms).toBeGreaterThanOrEqual(600)
})

test('a refused and an unanswered connect are told apart', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const closed = net.createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as net.AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  const refused = await link.load({ dst: '127.0.0.1', port, requests: [request({})] })
  expect(refused.results[0]).toMatchObject({ outcome: 'refused', connectUs: -1, status: 0 })

  // A full accept queue: the kernel drops further SYNs without a word.
  const full = spawn('python3', ['-c', fullQueue])
  const fullPort = Number(await new Promise((resolve) => full.stdout.once('data', resolve)))
  try {
    const load = await link.load({
      ...{ dst: '127.0.0.1', port: fullPort },
      requests: Array.from({ length: 6 }, () => request({ connectTimeoutMs: 300, totalTimeoutMs: 500 })),
    })
    const outcomes = load.results.map((one) => one.outcome)
    expect(outcomes).toContain('connect-timeout')
    expect(outcomes).toContain('read-timeout')
  } finally {
    full.kill()
  }
})

const fullQueue =
  'import socket,time; s=socket.socket(); s.bind(("127.0.0.1",0)); s.listen(0); print(s.getsockname()[1],flush=True); time.sleep(30)'

test('two thousand clients at once all get their answer', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  await using shop = await serve((_request, response) => response.end('x'))
  const link = await bench.readyLink()
  const requests = Array.from({ length: 2_000 }, (_, i) =>
    request({
      src: `127.0.${1 + (i % 9)}.${1 + (i % 200)}`,
      connectTimeoutMs: 20_000,
      totalTimeoutMs: 30_000,
    }),
  )
  const { results } = await link.load({ dst: '127.0.0.1', port: shop.port, requests })
  expect(results.filter((one) => one.outcome === 'ok').length).toBe(2_000)
})

test('a plan that breaks the rules is refused whole', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  const link = await bench.readyLink()
  const load = (change: Partial<PlannedRequest>, count = 1) =>
    link.load({ dst: '127.0.0.1', port: 9, requests: Array.from({ length: count }, () => request(change)) })
  await expect(load({}, 2_001)).rejects.toThrow('more than 2000')
  await expect(load({ atMs: 119_000, totalTimeoutMs: 2_000 })).rejects.toThrow('longer than 120 s')
  await expect(load({ path: '/a b=c' })).rejects.toThrow('plan, request 0')
  await expect(load({ src: 'elsewhere' })).rejects.toThrow('bad src')
  await expect(load({}, 0)).rejects.toThrow('no requests')
})

test('the background plays on, tells each second, and rests for a load', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  let seen = 0
  await using shop = await serve((_request, response) => {
    seen++
    response.end('x')
  })
  const link = await bench.readyLink()
  const plan: LoadPlan = { dst: '127.0.0.1', port: shop.port, requests: [request({}), request({ atMs: 50 })] }
  await link.startBackground(plan, 100)
  await delay(2_300)
  const seconds = await link.backgroundStats(120)
  expect(seconds.length).toBeGreaterThanOrEqual(2)
  expect(seconds[0]?.ok).toBeGreaterThanOrEqual(14)
  expect(seconds[0]).toMatchObject({ failed: 0, timeout: 0 })
  expect(seconds[0]?.p50Us).toBeGreaterThan(0)
  expect(seconds[0]?.p95Us).toBeGreaterThanOrEqual(seconds[0]?.p50Us as number)

  const during = link.load({ ...plan, requests: [request({ holdMs: 1_000 })] })
  await delay(200)
  const before = seen
  await delay(600)
  expect(seen).toBe(before)
  await during
  await until(() => seen > before + 5)
  await link.stopBackground()
  await delay(200)
  const after = seen
  await delay(400)
  expect(seen).toBe(after)
})

test('a load whose caller has gone does not keep the next caller waiting', { timeout: minute }, async () => {
  await using bench = await Bench.start(programs)
  await using shop = await serve((_request, response) => response.end('x'))
  const plan = { dst: '127.0.0.1', port: shop.port }
  const gone = await bench.readyLink()
  const lost = gone.load({ ...plan, requests: [request({ atMs: 30_000 })] })
  lost.catch(() => {})
  const link = await bench.readyLink()
  await expect(link.load({ ...plan, requests: [request({})] })).rejects.toThrow('another load plays')
  gone.close()
  await expect(lost).rejects.toThrow('closed here')
  await until(async () => (await link.load({ ...plan, requests: [request({})] }).catch(() => null)) !== null)
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
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(2)
  expect(text).toContain('usage: world')
})

function request(change: Partial<PlannedRequest>): PlannedRequest {
  const usual = { connectTimeoutMs: 1_000, totalTimeoutMs: 5_000 }
  return { atMs: 0, src: '127.0.0.1', method: 'GET', path: '/', ...usual, ...change }
}

async function serve(handler: http.RequestListener) {
  const server = http.createServer(handler)
  const peers = new Set<string>()
  server.on('connection', (socket) => peers.add(socket.remoteAddress ?? ''))
  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve))
  const { port } = server.address() as net.AddressInfo
  return {
    port,
    peers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}
