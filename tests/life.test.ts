/**
 * How long a machine stays, with real machines: it sleeps when nobody looks, wakes for whoever comes with nothing lost, lives longer for who
 * works on it, and leaves nothing behind.
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type WebSocket from 'ws'
import { dockerDriver } from '../sandbox/docker.ts'
import { identityFilter } from '../sandbox/labels.ts'
import type { SandboxStatus } from '../sandbox/protocol/status.ts'
import type { WatchMessage } from '../sandbox/protocol/watch.ts'
import { cgroupsOf, cpuMs, lives, processesOf } from './support/processes.ts'
import { pause, startService, type TestService } from './support/service.ts'
import { closeCode, openSocket, TestTerminal } from './support/terminal.ts'

const driver = dockerDriver()
const withTemplateMs = 600_000
const sleepsAfterMs = 4_000
/** For what the machine has to do itself, on a host that is busy. */
const patienceMs = 60_000

let service: TestService
let id: string

beforeAll(async () => {
  service = await startService({ RINGSIDE_SUSPEND_MINUTES: String(sleepsAfterMs / 60_000) })
  id = await started(service)
}, 900_000)

afterAll(() => service[Symbol.asyncDispose]())

/** With its before-figures: on a host that is busy with something else the first machines may not get them. */
async function started(on: TestService, owner = 'ada'): Promise<string> {
  for (let tries = 1; ; tries++) {
    const machine = randomUUID()
    await on.client.start({ id: machine, lab: 'accept-queue', seed: 1, owner })
    const measured = ({ state, baseline }: SandboxStatus) => state === 'ready' && baseline !== 'measuring'
    const { baseline, problem } = await on.until(machine, measured, withTemplateMs)
    if (baseline === 'taken') return machine
    if (tries === 3) throw new Error(`no before-figures: ${JSON.stringify(problem)}`)
    await on.client.end(machine)
  }
}

const containers = (on: TestService, sandbox: string) =>
  driver.list({ ...identityFilter(on.home), 'ringside.sandbox': sandbox })

async function processes(on: TestService, sandbox: string): Promise<number[]> {
  const [container] = await containers(on, sandbox)
  return processesOf(container?.id ?? '')
}

const asleep = (): Promise<SandboxStatus> =>
  service.until(id, ({ suspendedAt }) => suspendedAt !== null, 30_000)
const awake = (): Promise<SandboxStatus> =>
  service.until(id, ({ suspendedAt }) => suspendedAt === null, patienceMs)

const sockets: { terminate(): void }[] = []
// Whoever goes on looking keeps the machine awake.
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate()
})

/** A terminal in a page that somebody sees until they look away. */
async function openTerminal(client: string, seen = true): Promise<TestTerminal> {
  const terminal = await TestTerminal.open(service, id, { client, seen })
  sockets.push({ terminate: () => terminal.close() })
  return terminal
}

async function leaves(terminal: TestTerminal): Promise<void> {
  terminal.type('exit\r')
  await terminal.until(() => terminal.messages.some(({ type }) => type === 'closed'), patienceMs)
}

const see = (socket: WebSocket, seen: boolean) => socket.send(JSON.stringify({ type: 'look', seen }))

describe('a machine that nobody looks at', () => {
  test('sleeps, and uses no processor', async () => {
    await asleep()
    const pids = await processes(service, id)
    // What its clients had under way ends by itself.
    await pause(3_000)
    const before = await cpuMs(pids)
    await pause(5_000)
    expect((await cpuMs(pids)) - before).toBeLessThan(5)
  })

  test('wakes with a key, which arrives; what ran goes on, and the clock is right', async () => {
    const terminal = await openTerminal('counter')
    terminal.type(
      // On a busy host a line may come in two parts.
      'i=0 all=; until read -rt 0.2 part; do all+=$part; echo "tick $((i++)) $EPOCHREALTIME"; done; echo "read: $all$part"\r',
    )
    await terminal.until((screen) => /tick 3 /.test(screen), patienceMs)
    see(terminal.socket, false)
    await asleep()
    const before = ticks(terminal.screen).length
    await pause(3_000)
    const slept = ticks(terminal.screen).length
    // One may have been on its way when the machine fell asleep. Awake it would have been many.
    expect(slept).toBeLessThanOrEqual(before + 1)
    const woken = Date.now()
    terminal.type('typed-while-asleep')
    await awake()
    // It is called awake once its clock is right; what it said in between knew only the old one.
    const first = ticks(terminal.screen).length
    see(terminal.socket, true)
    await terminal.until(
      (screen) => screen.includes('typed-while-asleep') && ticks(screen).length > first + 2,
      patienceMs,
    )
    const all = ticks(terminal.screen)
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index))
    // The first of them may have been on its way since before that.
    for (const { at } of all.slice(first + 1)) expectNow(at, woken)
    terminal.type('\r')
    await terminal.until((screen) => screen.includes('read: typed-while-asleep'), patienceMs)
    await journalAgrees(terminal)
    await leaves(terminal)
  })

  test('wakes for a page that is seen, and its clients go on; one in the background leaves it asleep', async () => {
    await asleep()
    const messages: WatchMessage[] = []
    const hear = (data: Buffer) => messages.push(JSON.parse(String(data)) as WatchMessage)
    const socket = await openSocket(service, id, 'watch', { seen: false, hear })
    sockets.push(socket)
    const seconds = () => messages.flatMap((message) => (message.type === 'world' ? message.seconds : []))
    await pause(2_000)
    expect((await service.client.status(id)).suspendedAt).not.toBeNull()
    expect(seconds()).toEqual([])
    const woken = Date.now() / 1000
    see(socket, true)
    await awake()
    // Seen, it stays awake although nobody types.
    await pause(sleepsAfterMs + 2_000)
    expect((await service.client.status(id)).suspendedAt).toBeNull()
    await expect
      .poll(() => seconds().filter(({ t, ok }) => t > woken && ok > 0).length, { timeout: 20_000 })
      .toBeGreaterThan(0)
    see(socket, false)
    await asleep()
    // It was asked over HTTP whether it sleeps; the push comes by another connection.
    const statuses = () => messages.flatMap((message) => (message.type === 'status' ? [message.status] : []))
    await expect.poll(() => statuses().at(-1)).toMatchObject({ id, suspendedAt: expect.any(String) })
  })

  test('or that was handed in stands still at once: what is typed never arrives, and what runs there runs on only in its check', async () => {
    const mine = await started(service, 'grace')
    const terminal = await TestTerminal.open(service, mine, { client: 'late', owner: 'grace' })
    sockets.push({ terminate: () => terminal.close() })
    terminal.type('i=0; while sleep 0.2; do echo "tick $((i++)) $EPOCHREALTIME"; done &\r')
    await terminal.until((screen) => /tick 3 /.test(screen), patienceMs)
    await service.client.freeze(mine)
    const still = ({ suspendedAt }: SandboxStatus) => suspendedAt !== null
    await service.until(mine, still, 10_000)
    await pause(1_000)
    const before = ticks(terminal.screen).length
    terminal.type('echo typed-while-frozen\r')
    await pause(sleepsAfterMs)
    expect(ticks(terminal.screen).length).toBe(before)
    const { verdict } = await service.client.check(mine, null)
    expect(['fail', 'error']).toContain(verdict.status)
    await service.until(mine, still, 10_000)
    await pause(1_000)
    const all = ticks(terminal.screen)
    expect(all.length).toBeGreaterThan(before)
    expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index))
    expect(terminal.screen).not.toContain('typed-while-frozen')
    await service.client.end(mine)
  })

  test('is woken by a check, which judges as ever', async () => {
    await asleep()
    const { verdict } = await service.client.check(id, null)
    // A host that is too busy to judge is an outage, here as anywhere; a pass it can never be.
    expect(['fail', 'error']).toContain(verdict.status)
    expect((await service.client.status(id)).suspendedAt).toBeNull()
  })

  test('is woken by a new shell, also in the background', async () => {
    await asleep()
    const terminal = await openTerminal('late', false)
    see(terminal.socket, true)
    await leaves(terminal)
  })

  test('is still asleep for the next service, as long as before, and wakes with nothing lost', async () => {
    const terminal = await openTerminal('survivor')
    terminal.type('echo before-$((20+1))\r')
    await terminal.until((screen) => screen.includes('before-21'), patienceMs)
    see(terminal.socket, false)
    const { suspendedAt } = await asleep()
    await service.kill('SIGKILL')
    terminal.type('echo meanwhile-$((40+2))\r')
    await service.restart()
    // Found again it is at once; what it remembers of its before-figures is read a moment later.
    const found = await service.until(id, ({ baseline }) => baseline !== 'measuring')
    expect(found).toMatchObject({ state: 'ready', baseline: 'taken', suspendedAt })
    const pids = await processes(service, id)
    const before = await cpuMs(pids)
    await pause(2_000)
    expect((await cpuMs(pids)) - before).toBeLessThan(5)
    await terminal.attach()
    await terminal.until((screen) => screen.includes('meanwhile-42'), patienceMs)
    expect(terminal.screen.match(/meanwhile-42/g)).toHaveLength(1)
    await leaves(terminal)
  })

  test('can be reset while it sleeps', async () => {
    await asleep()
    await service.client.reset(id)
    await service.until(id, ({ state, generation }) => state === 'ready' && generation === 1)
    // The new machine does not wait for the old one's end.
    await expect.poll(() => containers(service, id)).toHaveLength(1)
  })
})

const ticks = (screen: string) =>
  [...screen.matchAll(/tick (\d+) (\d+\.\d+)\r\n/g)].map(([, number, at]) => ({
    number: Number(number),
    at: Number(at) * 1000,
  }))

/** A moment that this machine's clock knows too, whatever the guest's was while it slept. */
function expectNow(ms: number, since: number): void {
  expect(ms).toBeGreaterThan(since - 500)
  expect(ms).toBeLessThan(Date.now() + 500)
}

async function journalAgrees(terminal: TestTerminal): Promise<void> {
  const since = Date.now()
  terminal.type('logger woken; sleep 1; journalctl -t root -o short-unix -n 1 | cat; echo logg$((1+1))ed\r')
  await terminal.until((screen) => screen.includes('logg2ed'), patienceMs)
  expectNow(Number(/(\d+\.\d+) \S+ root\S* woken/.exec(terminal.screen)?.[1]) * 1000, since)
}

describe('the time of a machine', () => {
  const timed = {
    RINGSIDE_LIFETIME_MINUTES: '1',
    RINGSIDE_EXTEND_MINUTES: '1.5',
    RINGSIDE_LONGEST_MINUTES: '5',
  }

  test('is extended by a click and by work, never twice, never beyond the longest, and a restart keeps it', async () => {
    await using own = await startService(timed)
    const machine = await started(own)
    const first = await own.client.status(machine)
    const asked = Date.now()
    expect(Date.parse(first.expiresAt)).toBeLessThanOrEqual(asked + 60_000)
    const [one, two] = await Promise.all([own.client.extend(machine), own.client.extend(machine)])
    expect(Date.parse(one.expiresAt)).toBeGreaterThanOrEqual(asked + 90_000)
    // Twice would be 90 seconds more. Which of the two comes first is not said.
    const ends = [one.expiresAt, two.expiresAt].sort()
    expect(Date.parse(ends[1] ?? '') - Date.parse(ends[0] ?? '')).toBeLessThan(45_000)
    await own.kill('SIGKILL')
    await own.restart()
    const again = await own.client.status(machine)
    expect(again.expiresAt).toBe(ends[1])
    // Beyond the deadline it was started with it lives on, for its label cannot change and its memo has.
    await pause(Date.parse(first.expiresAt) - Date.now() + 2_000)
    expect((await own.client.status(machine)).state).toBe('ready')
    const terminal = await TestTerminal.open(own, machine)
    terminal.type('echo at-work-$((1+1))\r')
    await terminal.until((screen) => screen.includes('at-work-2'), patienceMs)
    const worked = await own.client.status(machine)
    expect(Date.parse(worked.expiresAt)).toBeGreaterThan(Date.parse(again.expiresAt))
    expect(Date.parse(worked.extendableUntil) - Date.parse(worked.startedAt)).toBe(5 * 60_000)
    terminal.close()
  })

  test('ends it completely: no container, no process, nothing in the service', async () => {
    await using own = await startService({ ...timed, RINGSIDE_EXTEND_MINUTES: '0.01' })
    const machine = await started(own)
    const volumes = (await driver.listVolumes({})).length
    const pids = await processes(own, machine)
    const groups = await cgroupsOf(pids[0] ?? 0)
    expect(pids.filter(lives)).toHaveLength(pids.length)
    expect(groups.filter(existsSync)).not.toEqual([])
    const statuses: string[] = []
    const hear = (data: Buffer) => {
      const message = JSON.parse(String(data)) as WatchMessage
      if (message.type === 'status') statuses.push(message.status.state)
    }
    const watcher = await openSocket(own, machine, 'watch', { hear })
    const terminal = await TestTerminal.open(own, machine)
    const closed = closeCode(terminal.socket)
    // Its minute began when it was ready; the engine takes its own time to remove it then.
    await expect.poll(() => containers(own, machine), { timeout: 60_000 + patienceMs }).toEqual([])
    await expect.poll(() => pids.filter(lives), { timeout: patienceMs }).toEqual([])
    await expect.poll(() => groups.filter(existsSync), { timeout: patienceMs }).toEqual([])
    await expect(own.client.status(machine)).rejects.toMatchObject({ status: 404 })
    // The service forgets it when the engine has answered, which is after the engine lists it no more.
    await expect.poll(() => own.client.list('ada')).toEqual([])
    expect(await closed).toBe(4410)
    await expect.poll(() => statuses.at(-1)).toBe('ended')
    expect((await driver.listVolumes({})).length).toBeLessThanOrEqual(volumes)
    watcher.terminate()
  })
})

describe('a quota', () => {
  test('refuses one machine too many and names the one to end; ending it makes room', async () => {
    await using own = await startService({ RINGSIDE_MACHINES_PER_PERSON: '1', RINGSIDE_MACHINES: '2' })
    const first = await started(own)
    const second = { id: randomUUID(), lab: 'silent-drop', seed: 1, owner: 'ada' }
    await expect(own.client.start(second)).rejects.toMatchObject({
      status: 409,
      problem: { code: 'too-many-machines', remedy: expect.stringMatching(/press End/) },
    })
    expect((await own.client.status(first)).state).toBe('ready')
    await own.client.end(first)
    expect((await own.client.start(second)).state).toBe('starting')
    await own.client.end(second.id)
  })
})
