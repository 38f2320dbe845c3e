/**
 * The warm pool and the queue of starts with real machines: what is handed out, and what happens when things die.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { dockerDriver } from '../sandbox/docker.ts'
import type { ContainerInfo } from '../sandbox/driver.ts'
import { expectedImage } from '../sandbox/image/build.ts'
import { homeFilter, poolLabels } from '../sandbox/labels.ts'
import type { PoolState } from '../sandbox/protocol/pool.ts'
import type { SandboxStatus } from '../sandbox/protocol/status.ts'
import { reach } from '../sandbox/raise.ts'
import { startsAtOnce } from '../sandbox/service/pool.ts'
import { pause, startService, type TestService } from './support/service.ts'
import { TestTerminal } from './support/terminal.ts'

const driver = dockerDriver()
/** Its machines are all of the kind that is kept ready from the beginning. */
const lab = 'silent-drop'
/** Longer than a busy host needs for a service to come back. */
const lingerSeconds = 45
/** Some must wait, on a host of however many processors. */
const crowd = startsAtOnce() + 3
let service: TestService

// On a busy host a machine of the pool takes a minute to make, and most tests wait for several.
vi.setConfig({ testTimeout: 600_000 })

beforeAll(async () => {
  service = await startService({
    RINGSIDE_POOL: '1',
    RINGSIDE_LINGER_SECONDS: String(lingerSeconds),
    RINGSIDE_MACHINES_PER_PERSON: String(crowd + 4),
  })
  await full()
}, 900_000)

afterAll(() => service[Symbol.asyncDispose]())

const containers = () => driver.list(homeFilter(service.home))
const waiting = async () => (await containers()).filter(({ name }) => name.startsWith('ringside-pool-'))

type Shelf = PoolState['profiles'][number]
async function shelf(): Promise<Shelf> {
  const found = (await service.client.pool()).profiles.find(({ labs }) => labs.includes(lab))
  if (!found) throw new Error('The lab has no kind of machine.')
  return found
}

/** As many machines wait as should, and none is being made or ended. */
async function full(timeoutMs = 600_000): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; ; await pause(100)) {
    const { target, ready, warming } = await shelf()
    if (ready === target && warming === 0) return
    if (Date.now() > deadline)
      throw new Error(`not full in time: ${JSON.stringify(await shelf())}\n${service.log()}`)
  }
}

/** For one that had to wait for others, on a host that is busy. */
const startMs = 300_000

async function start(seed = 1): Promise<SandboxStatus> {
  const id = randomUUID()
  await service.client.start({ id, lab, seed, owner: 'ada' })
  return service.until(id, ({ state }) => state === 'ready', startMs)
}

const steps = (status: SandboxStatus) => status.steps.map(({ id }) => id)
const only = (found: ContainerInfo[]): ContainerInfo => {
  expect(found).toHaveLength(1)
  return found[0] as ContainerInfo
}

describe('a machine out of the pool', () => {
  test('was paused and at its prompt before, and is broken and proven so when it is handed out', async () => {
    const before = only(await waiting())
    const link = await reach(driver, before.id)
    expect(await link.hello()).toMatchObject({ state: 'paused', agent: 'up', terminals: [{ alive: true }] })
    link.close()

    const machine = await start()
    expect(steps(machine)).toEqual(['pool', 'break', 'verify'])
    const mine = (await containers()).find(({ id }) => id === before.id)
    expect(mine?.name).toBe(`ringside-${machine.id}-0`)

    const terminal = await TestTerminal.open(service, machine.id)
    expect(terminal.fresh).toBe(true)
    await terminal.until((screen) => /[#$] $/.test(screen))
    terminal.type('echo $((6*7))-$(( $(date +%s) / 100 ))\r')
    const now = Math.floor(Date.now() / 100_000)
    await terminal.until((screen) => screen.includes(`42-${now}`) || screen.includes(`42-${now + 1}`))
    terminal.close()

    await service.until(machine.id, ({ baseline }) => baseline !== 'measuring')
    const verdict = await service.judged(machine.id)
    expect(verdict.criteria.find(({ kind }) => kind === 'baseline')?.status).toBe('pass')
    expect(verdict.status).toBe('fail')
    await service.client.end(machine.id)
    await full()
    expect(only(await waiting()).id).not.toBe(before.id)
    expect(await containers()).toHaveLength(1)
  })

  test('that died while it waited is never handed out', async () => {
    await full()
    const dead = only(await waiting())
    const [machine] = await Promise.all([killQemu(dead.id).then(() => start(2))])
    expect(machine.state).toBe('ready')
    await full()
    await expect.poll(async () => (await containers()).map(({ id }) => id)).not.toContain(dead.id)
    expect(service.log()).toMatch(/pool: A machine (died while it waited|of the pool was unfit)/)
    await service.client.end(machine.id)
  })
})

describe('when the service is killed', () => {
  test('machines that wait and machines that were handed out are found again', async () => {
    await full()
    const machine = await start(3)
    const terminal = await TestTerminal.open(service, machine.id)
    terminal.type('echo before-$((20+1))\r')
    await terminal.until((screen) => screen.includes('before-21'))
    await full()
    const before = (await containers()).map(({ id }) => id).sort()
    await service.kill('SIGKILL')
    await service.restart()
    expect((await service.client.status(machine.id)).state).toBe('ready')
    await terminal.attach()
    terminal.type('echo after-$((40+2))\r')
    await terminal.until((screen) => screen.includes('after-42'))
    terminal.close()
    await full()
    expect((await containers()).map(({ id }) => id).sort()).toEqual(before)
    const another = await start(4)
    expect(steps(another)).toEqual(['pool', 'break', 'verify'])
    for (const { id } of [machine, another]) await service.client.end(id)
  })

  test('in the middle of handing out or of making one, what was half done is removed', async () => {
    await full()
    const half = only(await waiting())
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const { id: reservation } = await service.client.reserve({ lab, seats: 1, until })
    const unmade = await beingMade(half.id)
    await service.kill('SIGKILL')
    const now = new Date()
    const identity = { home: service.home, sandbox: randomUUID(), owner: 'ada', lab, seed: 1, generation: 0 }
    const expires = new Date(now.getTime() + 3_600_000).toISOString()
    const link = await reach(driver, half.id)
    await link.memoSet('identity', JSON.stringify({ ...identity, started: now.toISOString(), expires }))
    link.close()
    await service.restart()
    await expect(service.client.status(identity.sandbox)).rejects.toMatchObject({ status: 404 })
    await service.client.cancelReservation(reservation)
    await expect
      .poll(() => service.log(), { timeout: startMs })
      .toContain(`pool: removing ${unmade.name} (A machine of the pool is not ready`)
    await full()
    // What is removed after a boot keeps nobody waiting, the filling of the pool neither.
    await expect.poll(containers).toHaveLength(1)
    const { id } = only(await containers())
    expect([half.id, unmade.id]).not.toContain(id)
  })

  test('machines of another image or template are removed', async () => {
    await full()
    const before = only(await waiting())
    await service.kill('SIGKILL')
    const stale = await sleeper('ringside-data-of-another-template')
    await service.restart()
    await full()
    await expect.poll(async () => (await containers()).map(({ id }) => id)).toEqual([before.id])
    expect(service.log()).toContain(`removing ${stale.name} (its template is no longer there)`)
  })
})

describe('seats', () => {
  test('that are reserved raise what is kept, survive a crash, and are given back', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const reservation = await service.client.reserve({ lab, seats: 1, until })
    expect(reservation).toMatchObject({ lab, seats: 1, taken: 0, until })
    expect((await shelf()).target).toBe(2)
    await service.kill('SIGKILL')
    await service.restart()
    expect(await service.client.reservations()).toEqual([reservation])
    await full()
    expect(await waiting()).toHaveLength(2)
    await service.client.cancelReservation(reservation.id)
    await full()
    await expect.poll(containers).toHaveLength(1)
  })

  test('of a lab that does not exist, or until a time that is over or far away, are refused', async () => {
    const until = (ms: number) => new Date(Date.now() + ms).toISOString()
    const { reserve, cancelReservation } = service.client
    await expect(reserve({ lab: 'nope', seats: 1, until: until(60_000) })).rejects.toMatchObject({
      status: 404,
    })
    for (const ms of [-1_000, 8 * 24 * 3_600_000])
      await expect(reserve({ lab, seats: 1, until: until(ms) })).rejects.toMatchObject({
        status: 400,
        problem: { code: 'bad-time' },
      })
    await expect(cancelReservation(randomUUID())).rejects.toMatchObject({ status: 404 })
    expect(await service.client.reservations()).toEqual([])
  })
})

describe('more starts than the host can do at once', () => {
  test('wait in their order, say for how many, and leave when they are ended', async () => {
    await full()
    const ids = Array.from({ length: crowd }, () => randomUUID())
    const [other, latest] = ids.slice(-2) as [string, string]
    for (const [seed, id] of ids.entries()) await service.client.start({ id, lab, seed, owner: 'ada' })
    const last = await service.client.status(latest)
    expect(last.steps).toEqual([
      { id: 'queue', title: expect.stringMatching(/^\d starts? before this one$/), ms: null },
    ])
    expect((await service.client.pool()).starts.waiting).toBeGreaterThan(0)
    const left = performance.now()
    await service.client.end(other)
    const leftMs = performance.now() - left
    const rest = ids.filter((id) => id !== other)
    const ready = await Promise.all(
      rest.map((id) => service.until(id, ({ state }) => state === 'ready', startMs)),
    )
    // Not with its turn, which would have come with the one before the last.
    expect(leftMs).toBeLessThan((ready.at(-2)?.startMs ?? 0) / 2)
    const waited = ready.at(-1)
    expect(waited?.steps[0]).toMatchObject({
      id: 'queue',
      title: 'Its turn has come',
      ms: expect.any(Number),
    })
    expect(waited?.startMs).toBeGreaterThan(waited?.steps[0]?.ms ?? Number.POSITIVE_INFINITY)
    for (const id of rest) await service.client.end(id)
    await full()
    await expect.poll(containers).toHaveLength(1)
  })
})

describe('a service that does not come back', () => {
  test('leaves no machine of the pool behind', async () => {
    await full()
    await service.kill('SIGKILL')
    expect(await containers()).toHaveLength(1)
    await expect.poll(containers, { timeout: (lingerSeconds + 20) * 1_000, interval: 500 }).toEqual([])
  })
})

/** The one that the pool is making beside this: its container runs, its machine is not ready. */
async function beingMade(beside: string): Promise<ContainerInfo> {
  const others = async () => (await waiting()).filter(({ id, running }) => running && id !== beside)
  await expect.poll(others, { timeout: 60_000, interval: 20 }).toHaveLength(1)
  expect((await shelf()).warming).toBe(1)
  return only(await others())
}

/** A container of the pool that holds no machine. */
async function sleeper(key: string): Promise<ContainerInfo> {
  return driver.run({
    name: `ringside-pool-test-${randomUUID()}`,
    image: await expectedImage(),
    command: ['/bin/busybox', 'sleep', '600'],
    labels: poolLabels(service.home, key),
    volumes: [],
    memoryMb: 64,
    cpus: 1,
    kvm: false,
  })
}

/** From the host: inside the container not even root may end a process of another user. */
async function killQemu(container: string): Promise<void> {
  const { default: Docker } = await import('dockerode')
  const { Processes } = await new Docker().getContainer(container).top({ ps_args: '-o pid,comm' })
  const qemu = (Processes as string[][]).find(([, command]) => command?.startsWith('qemu-system'))
  process.kill(Number(qemu?.[0]), 'SIGKILL')
}
