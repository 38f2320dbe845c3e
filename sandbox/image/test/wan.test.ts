/**
 * The WAN, the flood, a full queue and the early end of a load, through real TUN devices and rules: the world in a network of its own, a plain server in
 * another one in the guest's place.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import type { PlannedRequest } from '../../../grader/guest.ts'
import type { Link } from '../../link.ts'
import { Bench, builtPrograms, until } from './harness.fixture.ts'
import { canHaveNetworks, Network, wire } from './network.fixture.ts'
import { fullQueue, request } from './shop.ts'

const minute = 60_000
const far = '198.19.1.1'
const near = '198.18.16.7'
const programs = builtPrograms()

const shop = `require('node:http').createServer((request, response) => {
  let bytes = 0
  request.on('data', (part) => (bytes += part.length))
  request.on('end', () => response.end(bytes ? String(bytes) : 'x'.repeat(Number(request.url.slice(1)) || 1)))
}).listen(80, () => console.log('open'))`

const needsNetworks = test.skipIf(!canHaveNetworks())

needsNetworks('far clients take the WAN both ways, near ones do not', { timeout: minute }, async () => {
  await using place = await sandbox()
  const { link } = place
  const before = (await link.worldStats()).wan
  expect(await ask(link, { src: near })).toMatchObject({ outcome: 'ok' })
  expect((await link.worldStats()).wan).toEqual(before)
  expect(await ask(link, { src: far, path: '/200000' })).toMatchObject({ outcome: 'ok', bytes: 200_000 })
  expect((await link.worldStats()).wan.forwarded).toBeGreaterThan(before.forwarded + 145)

  await link.setWan({ delayMs: 60 })
  expect((await ask(link, { src: far })).connectUs).toBeGreaterThan(120_000)
  expect((await ask(link, { src: near })).connectUs).toBeLessThan(120_000)
  // Changed while a SYN is under way: it does not wait out the old delay.
  await link.setWan({ delayMs: 2_000 })
  const waiting = ask(link, { src: far, connectTimeoutMs: 3_000 })
  await link.setWan({})
  expect((await waiting).totalUs).toBeLessThan(2_000_000)

  await link.setWan({ lossPermille: 1_000 })
  expect(await ask(link, { src: far, connectTimeoutMs: 200 })).toMatchObject({ outcome: 'connect-timeout' })
  const { lost, dropped } = (await link.worldStats()).wan
  expect([lost > 0, dropped]).toEqual([true, 0])
})

needsNetworks(
  'a smaller MTU is a nuisance with ICMP and a black hole without',
  {
    timeout: minute,
  },
  async () => {
    await using place = await sandbox()
    const { link, world } = place
    await link.setWan({ mtu: 1_280 })
    // No way back for the router's messages to the server: as if the server filtered them.
    await world.do('ip rule add pref 40 iif wan0 from 198.18.0.1 blackhole')
    const large = { path: '/20000', totalTimeoutMs: 1_500 }
    expect(await ask(link, { src: far })).toMatchObject({ outcome: 'ok' })
    expect(await ask(link, { src: near, ...large })).toMatchObject({ outcome: 'ok' })
    expect(await ask(link, { src: far, ...large })).toMatchObject({ outcome: 'read-timeout' })
    const { tooBig } = (await link.worldStats()).wan
    expect(tooBig).toBeGreaterThan(0)
    await world.do('ip rule del pref 40')
    expect(await ask(link, { src: '198.19.1.2', ...large })).toMatchObject({ outcome: 'ok', bytes: 20_000 })
    expect((await link.worldStats()).wan.tooBig).toBeGreaterThan(tooBig)
    // The other way round, the client's own kernel is told.
    const upload = { method: 'POST', path: '/', bodyBytes: 50_000 } as const
    expect(await ask(link, { src: '198.19.1.3', ...upload })).toMatchObject({ outcome: 'ok', head: '50000' })
  },
)

needsNetworks('a queue of the WAN is bounded and never mixes up packets', { timeout: minute }, async () => {
  await using place = await sandbox()
  const { link, guest } = place
  await startCollector(place.bench, guest)
  const line = {
    ...{ kind: 'datagrams' as const, src: far, sources: 16, bytes: 100, port: 8125, askPort: 8126, atMs: 0 },
    ...{ connectTimeoutMs: 2_000, totalTimeoutMs: 8_000 },
  }
  const play = async (count: number) => {
    const { results } = await link.load({
      dst: '198.18.0.2',
      port: 80,
      requests: [request({ src: near, path: '/' }), { ...line, atMs: 20, count }],
    })
    return results[1]
  }
  expect(await play(3_000)).toMatchObject({ outcome: 'ok', delivered: 3_000 })
  await link.setWan({ delayMs: 400 })
  expect(await play(6_000)).toMatchObject({ outcome: 'lost', sent: 6_000 })
  const { dropped } = (await link.worldStats()).wan
  expect(dropped).toBeGreaterThan(3_000)
  await link.setWan({ lossPermille: 50 })
  const some = await play(4_000)
  expect(some).toMatchObject({ outcome: 'lost', sent: 4_000 })
  expect(Math.abs((some?.delivered as number) - 3_800)).toBeLessThan(100)
})

needsNetworks('a flood asks for connections at its pace and never answers', { timeout: minute }, async () => {
  await using place = await sandbox()
  const { link, guest } = place
  const tcp = async () => {
    const [names = '', values = ''] = (await guest.do('grep ^Tcp: /proc/net/snmp')).split('\n')
    return (name: string) => Number(values.split(' ')[names.split(' ').indexOf(name)])
  }
  const before = await tcp()
  await link.startFlood({ pps: 500, dst: '198.18.0.2', port: 80 })
  await until(async () => (await link.worldStats()).flood.sent > 100)
  const [first, began] = [(await link.worldStats()).flood.sent, performance.now()]
  await until(() => performance.now() > began + 1_000)
  const rate = (((await link.worldStats()).flood.sent - first) * 1_000) / (performance.now() - began)
  expect(rate).toBeGreaterThan(400)
  expect(rate).toBeLessThan(600)
  expect(await ask(link, { src: far })).toMatchObject({ outcome: 'ok' })
  await link.stopFlood()
  const { sent } = (await link.worldStats()).flood
  const after = await tcp()
  expect(after('InSegs') - before('InSegs')).toBeGreaterThanOrEqual(sent)
  expect([after('InCsumErrors'), after('EstabResets')]).toEqual([0, 0])
  expect(after('PassiveOpens') - before('PassiveOpens')).toBe(1)
  // Answered by SYN-ACKs, and these by nobody.
  expect(after('OutSegs') - before('OutSegs')).toBeGreaterThanOrEqual(sent)
  expect((await link.netstat()).match(/^Tcp: 1 .*$/m)?.[0].split(' ')[14]).toBe('0')
  await until(() => performance.now() > began + 1_500)
  expect((await link.worldStats()).flood.sent).toBe(sent)
})

needsNetworks('a world that may not make its devices says so', { timeout: minute }, async () => {
  await using network = await Network.open()
  await network.do('ip tuntap add dev wan0 mode tap')
  const [program = '', ...words] = network.words([
    ...[programs.world, '--mode', 'none', '--linger', '1', '--wan', '--agent-socket', `${programs.folder}/a`],
    ...['--socket', `${programs.folder}/s`],
  ])
  const child = spawn(program, words)
  let text = ''
  child.stderr.on('data', (bytes) => (text += bytes))
  // Not `exit`, after which its last words may still come.
  expect((await once(child, 'close'))[0]).toBe(1)
  expect(text).toContain('world: wan0: Invalid argument')
})

needsNetworks(
  'a full queue of its own is waited out, not counted as sent',
  { timeout: minute },
  async (test) => {
    await using network = await Network.open()
    const shaped = await network.do('tc qdisc add dev lo root tbf rate 8mbit burst 3000 limit 6000').then(
      () => true,
      () => false,
    )
    if (!shaped) return test.skip('this kernel shapes nothing')
    await using bench = await Bench.start(programs, { network })
    await startCollector(bench, network)
    const link = await bench.readyLink()
    const line = {
      kind: 'datagrams' as const,
      src: '127.0.0.1',
      count: 300,
      bytes: 1_000,
      sources: 4,
      atMs: 0,
    }
    const ask = { port: 8125, askPort: 8126, connectTimeoutMs: 3_000, totalTimeoutMs: 6_000 }
    const load = (change: object) =>
      link.load({ dst: '127.0.0.1', port: 80, requests: [{ ...line, ...ask, ...change }] })
    expect((await load({})).results[0]).toMatchObject({ outcome: 'ok', sent: 300, delivered: 300 })
    const [cut] = (await load({ count: 2_000, totalTimeoutMs: 500 })).results
    expect(cut).toMatchObject({ outcome: 'read-timeout', delivered: -1 })
    expect(cut?.sent).toBeGreaterThan(100)
    expect(cut?.sent).toBeLessThan(1_000)
  },
)

needsNetworks('a load ends at the first retransmission when it is told to', { timeout: minute }, async () => {
  await using network = await Network.open()
  await using bench = await Bench.start(programs, { network })
  const link = await bench.readyLink()
  const [program = '', ...words] = network.words([...fullQueue])
  const full = spawn(program, words)
  try {
    const port = Number((await once(full.stdout, 'data'))[0])
    const patient = request({ connectTimeoutMs: 8_000, totalTimeoutMs: 9_000 })
    const later = { ...patient, atMs: 7_000 }
    const requests = [...Array.from({ length: 6 }, () => patient), later]
    const { results, netstat, ms } = await link.load(
      { dst: '127.0.0.1', port, requests },
      { until: 'retransmission' },
    )
    expect(ms).toBeLessThan(2_500)
    expect(netstat.retransSegs).toBeGreaterThan(0)
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(
      new Set(['connect-timeout', 'read-timeout']),
    )
    expect(results[6]).toMatchObject({ outcome: 'connect-timeout', totalUs: -1, connectUs: -1 })
    await expect(link.request('load', { until: 'x' }, '')).rejects.toThrow('until must be retrans')
    // Nothing is sent again: it plays to its end.
    const calm = await link.load(
      { dst: '127.0.0.1', port: 9, requests: [request({}), request({ atMs: 300 })] },
      { until: 'retransmission' },
    )
    expect(calm.results.map(({ outcome }) => outcome)).toEqual(['refused', 'refused'])
    expect(calm.ms).toBeGreaterThanOrEqual(300)
  } finally {
    full.kill()
  }
})

async function ask(link: Link, change: Partial<PlannedRequest>) {
  const { results } = await link.load({ dst: '198.18.0.2', port: 80, requests: [request(change)] })
  return results[0] as (typeof results)[number]
}

async function startCollector(bench: Bench, network: Network): Promise<void> {
  const [program = '', ...words] = network.words([programs.telemetryd])
  bench.run(program, words)
  await until(async () => (await network.do('ss -Hltn sport = 8126')) !== '')
}

/** The world with its WAN, the wire, and a plain server in the guest's place. */
async function sandbox() {
  const networks = await wire()
  const bench = await Bench.start(programs, { network: networks.world, wan: true })
  const [program = '', ...words] = networks.guest.words([process.execPath, '-e', shop])
  const server: ChildProcess = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  if (server.stdout) await once(server.stdout, 'data')
  return {
    ...networks,
    bench,
    link: await bench.readyLink(),
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL')
      await bench[Symbol.asyncDispose]()
      await networks[Symbol.asyncDispose]()
    },
  }
}
