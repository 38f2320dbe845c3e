/** Loads and the background: what a client can meet, which plans are refused, who rests for whom. */
import { spawn } from 'node:child_process'
import net from 'node:net'
import { cpus } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { LoadPlan, PlannedRequest } from '../../../grader/guest.ts'
import { Bench, builtPrograms, until } from './harness.fixture.ts'
import { fullQueue, request, serve } from './shop.ts'

const minute = 60_000
const programs = builtPrograms()

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
  const requests = paths.map((url) => request({ path: url, totalTimeoutMs: 2_000 }))
  requests.push(request({ atMs: 50, method: 'POST', path: '/up', bodyBytes: 1_000_000 }))
  requests.push(request({ atMs: 20, holdMs: 300, src: '127.0.0.77' }))
  const { results, netstat, ms, host } = await link.load({ dst: '127.0.0.1', port: shop.port, requests })
  expect(results.map((one) => one.outcome)).toEqual([
    ...['ok', 'ok', 'http', 'read-timeout', 'reset', 'closed', 'error', 'ok', 'ok'],
  ])
  expect(results[0]).toMatchObject({ status: 200, bytes: 5, head: 'hello', retransmits: 0 })
  expect(results[1]?.head).toBe('first second')
  expect(results[2]?.status).toBe(404)
  expect(results[3]?.totalUs).toBeGreaterThanOrEqual(2_000_000)
  expect(results[3]?.totalUs).toBeLessThan(4_000_000)
  expect(results[7]?.head).toBe('got 1000000')
  expect(results[8]?.firstByteUs).toBeGreaterThan(300_000)
  expect(shop.peers).toContain('127.0.0.77')
  for (const { connectUs, totalUs } of results) expect(connectUs).toBeLessThanOrEqual(totalUs)
  expect(netstat.activeOpens).toBeGreaterThanOrEqual(9)
  expect(ms).toBeGreaterThanOrEqual(2_000)
  expect(host?.left).toBeGreaterThan(0)
  expect(host?.left).toBeLessThanOrEqual(cpus().length)
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
  const full = spawn(fullQueue[0], fullQueue.slice(1))
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
  // A second in which this host stumbled has fewer, and the next one more.
  expect(Math.max(...seconds.map(({ ok }) => ok))).toBeGreaterThanOrEqual(14)
  expect(seconds[0]).toMatchObject({ failed: 0, timeout: 0 })
  expect(seconds[0]?.p50Us).toBeGreaterThan(0)
  expect(seconds[0]?.p95Us).toBeGreaterThanOrEqual(seconds[0]?.p50Us as number)

  const during = link.load({ ...plan, requests: [request({ holdMs: 3_000 })] })
  // Taken in its order on this connection: by then the load plays. What was under way arrives.
  await link.hello()
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
