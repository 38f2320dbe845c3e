/**
 * What a learner keeps when the engine or a world fails for a while: machines are reached again, and what cannot be taken away or does not answer
 * is in nobody's way. The machines are fakes.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { InfrastructureError } from '../../grader/guest.ts'
import { openCatalog } from '../../labs/catalog.ts'
import { Admission } from '../admission.ts'
import { EngineError, NotRunningError } from '../driver.ts'
import type { Hello, Link } from '../link.ts'
import type { RunningMachine } from '../machine.ts'
import type { FoundSandbox, Sandboxes } from '../setup.ts'
import { Recordings } from './recordings.ts'
import { Rooms } from './rooms.ts'

const labs = await openCatalog()
const lab = 'accept-queue'
const [one, two] = ['019a8f3c-5d21-7abc-8def-0123456789a0', '019a8f3c-5d21-7abc-8def-0123456789a1']
const away = (): never => {
  throw new EngineError('No Docker engine answers.', 'Start Docker.')
}

test('a machine whose engine answers with errors at first is found again, and not removed', async () => {
  const bench = benchOf([one])
  bench.attach = failing(2, away)
  await bench.rooms.recover()
  expect(bench.rooms.get(one).status.state).toBe('ready')
  expect(bench.removed).toEqual([])
})

test('a machine that cannot be reached at all when the service begins is left alone, and comes back later', async () => {
  vi.useFakeTimers({ toFake: ['performance'], now: 0 })
  try {
    const bench = benchOf([one])
    bench.attach = async () => {
      vi.advanceTimersByTime(31_000)
      return away()
    }
    await bench.rooms.recover()
    expect(bench.rooms.find(one)).toBeUndefined()
    expect(bench.removed).toEqual([])
    bench.attach = bench.works
    await bench.rooms.reap()
    expect(bench.rooms.get(one).status.state).toBe('ready')
  } finally {
    vi.useRealTimers()
  }
})

test.each([
  ['has ended', new NotRunningError()],
  ['was never finished', new InfrastructureError('This machine was never finished.')],
])('a machine that %s is removed at once', async (_what, error) => {
  const bench = benchOf([one])
  bench.attach = () => Promise.reject(error)
  await bench.rooms.recover()
  expect(bench.rooms.find(one)).toBeUndefined()
  expect(bench.removed).toEqual([one])
})

test('a machine whose connection breaks while the engine is away is not dead', async () => {
  const bench = benchOf([one])
  await bench.rooms.recover()
  bench.attach = failing(2, away)
  bench.breakLink(one)
  await delay(100)
  expect(bench.rooms.get(one).status.state).toBe('ready')
  await expect(bench.rooms.get(one).check(null)).rejects.toThrow('being made again')
  await expect.poll(() => bench.attached).toBe(2)
  expect(bench.rooms.get(one).status).toMatchObject({ state: 'ready', problem: null })
  expect(bench.rooms.get(one).machine).toBeDefined()
})

test('an instructor’s machine that was found again has an instructor’s time after a reset, too', async () => {
  const bench = benchOf([one])
  bench.memos.set('life', JSON.stringify({ role: 'owner', expiresAt: isoIn(60), suspendedAt: null }))
  await bench.rooms.recover()
  const { startedAt, extendableUntil } = bench.rooms.get(one).reset()
  expect(Date.parse(extendableUntil) - Date.parse(startedAt)).toBe(480 * 60_000)
})

test('what the engine says is not shown to a learner', async () => {
  const bench = benchOf([])
  bench.startFails = new EngineError('HTTP code 500: driver failed', 'Run doctor.')
  const room = bench.rooms.open({ id: one, lab, seed: 1, owner: 'ada', role: 'learner' })
  await expect.poll(() => room.status.state).toBe('failed')
  expect(room.status.problem?.code).toBe('engine')
  expect(JSON.stringify(room.status)).not.toContain('driver failed')
})

test('a container that cannot be removed keeps nothing else from coming back or from being removed', async () => {
  const bench = benchOf([one, two])
  bench.attach = (found) =>
    found.identity.sandbox === one ? Promise.reject(new NotRunningError()) : bench.works(found)
  bench.unremovable = one
  await bench.rooms.recover()
  expect(bench.rooms.get(two).status.state).toBe('ready')
  await bench.rooms.reap()
  bench.unremovable = null
  await bench.rooms.reap()
  expect(bench.removed).toEqual([one])
})

test('a lab that is started again while its machine is being ended is refused, and then gets a machine that stays', async () => {
  const bench = benchOf([one])
  await bench.rooms.recover()
  const start = { id: one, lab, seed: 1, owner: 'ada', role: 'learner' } as const
  const go = bench.holdRemovals()
  const ended = bench.rooms.end(one)
  expect(() => bench.rooms.open(start)).toThrow(/just being ended/)
  go()
  await ended
  const room = bench.rooms.open(start)
  await expect.poll(() => room.status.state).toBe('ready')
  expect(bench.rooms.get(one)).toBe(room)
})

test('a machine that could not be taken away is tried again, and its lab can be started then', async () => {
  const bench = benchOf([one])
  await bench.rooms.recover()
  bench.unremovable = one
  await expect(bench.rooms.end(one)).rejects.toThrow('busy')
  bench.unremovable = null
  await bench.rooms.reap()
  expect(bench.removed).toEqual([one])
  expect(bench.rooms.find(one)).toBeUndefined()
})

test('a machine whose world does not answer any more is ended all the same', async () => {
  const bench = benchOf([one])
  await bench.rooms.recover()
  bench.silent = true
  bench.tellRewound(one)
  await bench.rooms.end(one)
  expect(bench.removed).toEqual([one])
})

/** Rooms over these machines, which an earlier service has started. */
function benchOf(ids: string[]) {
  const there = new Map(ids.map((id) => [id, foundOf(id)]))
  const links = new Map<string, ReturnType<typeof linkOf>>()
  let removal = Promise.resolve()
  const bench = {
    removed: [] as string[],
    attached: 0,
    memos: new Map<string, string>(),
    startFails: null as Error | null,
    unremovable: null as string | null,
    silent: false,
    works: async ({ identity, container }: FoundSandbox) => {
      bench.attached++
      return machineOf(identity.sandbox, container, identity)
    },
    attach: (found: FoundSandbox): Promise<RunningMachine> => bench.works(found),
    breakLink: (id: string) => links.get(id)?.die('the connection closed'),
    tellRewound: (id: string) => links.get(id)?.tell('rewound'),
    holdRemovals() {
      let go = () => {}
      removal = new Promise((resolve) => {
        go = resolve
      })
      return () => go()
    },
    rooms: null as unknown as Rooms,
  }
  async function remove(id: string): Promise<void> {
    await removal
    if (bench.unremovable === id) throw new EngineError('busy', '')
    there.delete(id)
    bench.removed.push(id)
  }
  function machineOf(id: string, container: FoundSandbox['container'], identity: FoundSandbox['identity']) {
    const link = linkOf(() => bench.silent, bench.memos)
    links.set(id, link)
    const machine: Partial<RunningMachine> = {
      container,
      identity,
      lab: labs.get(lab),
      timings: { startMs: 1, breakMs: 1 },
      link: link.link,
      firstTerminal: null,
      baseline: async () => ({}),
      dispose: () => remove(id),
    }
    return machine as RunningMachine
  }
  const sandboxes: Partial<Sandboxes> = {
    driver: { remove } as Partial<Sandboxes['driver']> as Sandboxes['driver'],
    find: async () => [...there.values()],
    attach: (found) => bench.attach(found),
    start: async ({ id = '' }) => {
      if (bench.startFails) throw bench.startFails
      const found = foundOf(id)
      there.set(id, found)
      return machineOf(id, found.container, found.identity)
    },
  }
  const limits = { lifetimeMinutes: 60, extendMinutes: 60, longestMinutes: 240, machines: 5 }
  bench.rooms = new Rooms({
    sandboxes: sandboxes as Sandboxes,
    pool: {} as never,
    admission: new Admission({ starts: 4, checks: 2 }),
    recordings: new Recordings({ home: '/nowhere', days: 0, submissionDays: 0 }),
    labs,
    limits: { owner: { ...limits, longestMinutes: 480 }, learner: limits },
    machines: 10,
    suspendMs: 0,
    lingerSeconds: 60,
    rewind: false,
    journal: {} as never,
    log: () => {},
  })
  return bench
}

/** Fails so many times, then works. */
function failing(this: void, times: number, fail: () => never) {
  return async function attach(this: ReturnType<typeof benchOf>, found: FoundSandbox) {
    if (times-- > 0) fail()
    return this.works(found)
  }
}

const isoIn = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()

function foundOf(sandbox: string): FoundSandbox {
  return {
    container: { id: sandbox, name: sandbox, labels: {}, running: true },
    identity: {
      home: '/nowhere',
      sandbox,
      owner: 'ada',
      lab,
      seed: 1,
      generation: 0,
      started: isoIn(0),
      expires: isoIn(60),
    },
  }
}

function linkOf(isSilent: () => boolean, memos: Map<string, string>) {
  const deaths: ((reason: string) => void)[] = []
  const listeners: Parameters<Link['onEvent']>[0][] = []
  const hello: Partial<Hello> = { state: 'running', terminals: [], reason: '' }
  const link: Partial<Link> = {
    hello: () => (isSilent() ? new Promise(() => {}) : Promise.resolve(hello as Hello)),
    memoGet: async (name) => memos.get(name) ?? null,
    memoSet: async (name, text) => void memos.set(name, text),
    onDead: (listener) => {
      deaths.push(listener)
      return () => {}
    },
    onEvent: (listener) => {
      listeners.push(listener)
      return () => {}
    },
    close: () => {},
  }
  return {
    link: link as Link,
    die: (reason: string) => {
      for (const listener of deaths) listener(reason)
    },
    tell: (name: string) => {
      for (const listener of listeners) listener({ name, values: {} })
    },
  }
}
