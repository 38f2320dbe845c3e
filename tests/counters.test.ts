/**
 * Counters of real machines that are really broken: the right ones move at the right stage, nothing is asked while nobody watches, and who must
 * find the stage is not shown it before the diagnosis.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type WebSocket from 'ws'
import { variantOf } from '../labs/accept-queue/variant.ts'
import type { StageId } from '../labs/stages.ts'
import { stagesNow } from '../sandbox/counters/derive.ts'
import type { CountersSecond } from '../sandbox/counters/schema.ts'
import { countersSecondSchema } from '../sandbox/counters/schema.ts'
import { counterStore, countersFile } from '../sandbox/counters/store.ts'
import { dockerDriver } from '../sandbox/docker.ts'
import { identityFilter } from '../sandbox/labels.ts'
import { connectLink, type Link } from '../sandbox/link.ts'
import { closeCodes } from '../sandbox/protocol/sockets.ts'
import type { SandboxStatus } from '../sandbox/protocol/status.ts'
import { type WatchMessage, watchMessageSchema } from '../sandbox/protocol/watch.ts'
import { recordingsFolder } from '../sandbox/service/recordings.ts'
import { pause, startService, type TestService } from './support/service.ts'
import { closeCode, openSocket } from './support/terminal.ts'

const driver = dockerDriver()
const withTemplateMs = 600_000
let service: TestService

beforeAll(async () => {
  service = await startService()
}, 900_000)

afterAll(() => service[Symbol.asyncDispose]())

async function startMachine(lab: string): Promise<SandboxStatus> {
  const id = randomUUID()
  await service.client.start({ id, lab, seed: 1, owner: 'ada' })
  return service.until(
    id,
    ({ state, baseline }) => state === 'ready' && baseline !== 'measuring',
    withTemplateMs,
  )
}

class Viewer {
  private constructor(
    readonly socket: WebSocket,
    readonly messages: WatchMessage[],
  ) {}
  static async open(id: string): Promise<Viewer> {
    const messages: WatchMessage[] = []
    const hear = (data: Buffer) => messages.push(watchMessageSchema.parse(JSON.parse(String(data))))
    return new Viewer(await openSocket(service, id, 'watch', { hear }), messages)
  }
  counters(past?: boolean): CountersSecond[] {
    return this.messages.flatMap((one) =>
      one.type === 'counters' && (past === undefined || one.past === past) ? one.seconds : [],
    )
  }
  worldSeconds = () => this.messages.flatMap((one) => (one.type === 'world' ? one.seconds : []))
  async saw(what: () => boolean, timeoutMs = 30_000): Promise<void> {
    await expect.poll(what, { timeout: timeoutMs }).toBe(true)
  }
}

const kept = (id: string): Promise<CountersSecond[]> =>
  counterStore({ file: countersFile(recordingsFolder(service.home, id)), log: () => {} }).before(
    Number.POSITIVE_INFINITY,
    10_000,
  )

async function linkTo(id: string): Promise<Link> {
  const [container] = await driver.list({ ...identityFilter(service.home), 'ringside.sandbox': id })
  return connectLink(await driver.connect(container?.id ?? '', ['/usr/lib/ringside/world', 'connect']))
}

/** The most that was lost at a stage in any second. */
function lostAt(seconds: CountersSecond[], id: StageId): number {
  const lost = seconds.map((now, i) => {
    const stages = stagesNow(seconds[i - 1] ?? null, now)
    return stages?.find(({ stage }) => stage === id)?.lost ?? 0
  })
  return Math.max(0, ...lost)
}

describe('a ring that is too small', () => {
  let machine: SandboxStatus
  let viewer: Viewer
  beforeAll(async () => {
    machine = await startMachine('ring-overflow')
    viewer = await Viewer.open(machine.id)
  }, withTemplateMs)

  test('loses packets at the ring and nowhere behind it, as is kept while somebody watches', async () => {
    await expect
      .poll(async () => lostAt(await kept(machine.id), 'ring'), { timeout: 40_000, interval: 1_000 })
      .toBeGreaterThan(5)
    const seconds = await kept(machine.id)
    for (const stage of ['softirq', 'conntrack', 'accept-queue', 'socket-buffer'] as const)
      expect([stage, lostAt(seconds, stage)]).toEqual([stage, 0])
    // A guest that was too busy to answer in time has left a gap, the last second may be one.
    const { guest, wire } = seconds.findLast((one) => one.guest?.nic) as CountersSecond
    expect(guest?.nic).toMatchObject({ driver: 'vmxnet3', ring: { rxMax: 4096 } })
    expect(guest?.nic?.ring?.rx).toBeLessThan(1024)
    expect(wire.toServer).toBeGreaterThan(0)
    for (const second of seconds) countersSecondSchema.parse(second)
  })

  test('is not shown to who must find it, though what the clients suffer is', async () => {
    await viewer.saw(() => viewer.worldSeconds().some(({ failed }) => failed > 0))
    expect(viewer.counters()).toEqual([])
    expect((await service.client.status(machine.id)).liveCounters).toBe(false)
    viewer.socket.send(JSON.stringify({ type: 'past', before: Date.now(), seconds: 300 }))
    await pause(1_500)
    expect(viewer.counters()).toEqual([])
  })

  test('is not shown after a check without a diagnosis either, and is with all that was before after one', async () => {
    await service.client.check(machine.id, null)
    expect((await service.client.status(machine.id)).liveCounters).toBe(false)
    const guess = { stage: 'ring', counter: 'RxOutOfBuffer', value: 1, limit: 1, why: '' } as const
    await service.client.check(machine.id, guess)
    await viewer.saw(() => viewer.counters(false).length > 2)
    expect(lostAt(viewer.counters(), 'ring')).toBeGreaterThan(5)
    expect(viewer.counters(true).length).toBeGreaterThan(10)
    expect(viewer.messages.filter((one) => one.type === 'counters' && one.past)).toHaveLength(1)
  })

  test('is remembered by the next service, the diagnosis too, however the last one ended', async () => {
    await service.kill('SIGKILL')
    await service.restart()
    const again = await Viewer.open(machine.id)
    await again.saw(() => again.counters(false).length > 0)
    const before = again.counters(true)
    expect(before.length).toBeGreaterThan(10)
    again.socket.send(JSON.stringify({ type: 'past', before: before[5]?.t, seconds: 3 }))
    await again.saw(() => again.messages.filter((one) => one.type === 'counters' && one.past).length === 2)
    expect(again.counters(true).slice(-3)).toEqual(before.slice(2, 5))
    again.socket.send('{"type":"past","before":0,"seconds":100000}')
    expect(await closeCode(again.socket)).toBe(closeCodes.badMessage)
    await service.client.end(machine.id)
  })
})

describe('an accept queue that is too short', () => {
  let machine: SandboxStatus
  beforeAll(async () => {
    machine = await startMachine('accept-queue')
  }, withTemplateMs)
  afterAll(() => service.client.end(machine.id))

  test('is asked nothing while nobody watches, and nothing while it is paused', async () => {
    const link = await linkTo(machine.id)
    const told = async () => (await kept(machine.id)).length
    expect(await told()).toBe(0)
    const began = Date.now()
    const [viewer, other] = [await Viewer.open(machine.id), await Viewer.open(machine.id)]
    await expect.poll(told, { timeout: 15_000 }).toBeGreaterThan(3)
    // One question a second for both of them; a late answer may be close to the next one.
    expect(await told()).toBeLessThanOrEqual((Date.now() - began) / 900 + 1)

    await link.pause()
    await pause(1_200)
    const paused = await told()
    await pause(3_000)
    expect(await told()).toBe(paused)
    await link.resume()
    await expect.poll(told, { timeout: 15_000 }).toBeGreaterThan(paused + 1)

    viewer.socket.terminate()
    other.socket.terminate()
    await pause(2_000)
    const last = await told()
    await pause(4_000)
    expect(await told()).toBe(last)
    link.close()
  })

  test('overflows at the accept queue and not before it', async () => {
    const viewer = await Viewer.open(machine.id)
    await expect
      .poll(async () => lostAt(await kept(machine.id), 'accept-queue'), { timeout: 60_000, interval: 1_000 })
      .toBeGreaterThan(1)
    // Who was not let in asks again a second later, and that second is told when it is over.
    const askedAgain = async () =>
      (await kept(machine.id)).some(({ world }) => world.some(({ retrans }) => retrans > 0))
    await expect.poll(askedAgain, { interval: 1_000 }).toBe(true)
    const seconds = await kept(machine.id)
    for (const stage of ['ring', 'softirq', 'conntrack'] as const)
      expect([stage, lostAt(seconds, stage)]).toEqual([stage, 0])
    expect(seconds.findLast((one) => one.guest?.puma)?.guest?.puma?.[0]).toMatchObject({ workers: 8 })
    viewer.socket.terminate()
  })

  test('is full while nobody accepts, to one more than its limit', async () => {
    const link = await linkTo(machine.id)
    const viewer = await Viewer.open(machine.id)
    const last = async () => {
      const now = (await kept(machine.id)).at(-1)
      return now && stagesNow(null, now)?.find(({ stage }) => stage === 'accept-queue')?.fill
    }
    // A burst fills the queue for a tenth of a second, which a reading once a second seldom meets. A Puma that stands still keeps it full.
    expect((await link.exec('systemctl kill -s STOP puma')).exitCode).toBe(0)
    const limit = variantOf(1).limit
    await expect.poll(last, { timeout: 60_000, interval: 500 }).toEqual({
      used: limit + 1,
      limit,
      unit: 'connections',
    })
    expect((await link.exec('systemctl kill -s CONT puma')).exitCode).toBe(0)
    await expect.poll(async () => (await last())?.used, { timeout: 60_000, interval: 500 }).toBe(0)
    viewer.socket.terminate()
    link.close()
  })
})
