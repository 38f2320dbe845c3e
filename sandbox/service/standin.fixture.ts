/**
 * The real service with one machine that is no VM: a world and an agent on this computer, whose socket is told in the environment. For tests that
 * kill it, cut it and send it rubbish; run as a program by bench.fixture.ts.
 */
import net from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { InfrastructureError } from '../../grader/guest.ts'
import { openCatalog } from '../../labs/catalog.ts'
import { Admission } from '../admission.ts'
import { readIdentity } from '../labels.ts'
import { connectLink, type Link } from '../link.ts'
import type { RunningMachine } from '../machine.ts'
import type { FoundSandbox, Sandboxes, StartRequest } from '../setup.ts'
import { addGateway } from './gateway.ts'
import { serviceServer } from './http.ts'
import { Journal } from './journal.ts'
import type { ServicePool } from './pool.ts'
import { Recordings } from './recordings.ts'
import { Rooms } from './rooms.ts'

const { STANDIN_WORLD = '', STANDIN_HOME = '', STANDIN_PORT = '', STANDIN_SECRET = '' } = process.env
const {
  STANDIN_ORIGIN = '',
  STANDIN_DAYS = '7',
  STANDIN_MINUTES = '60',
  STANDIN_MOST = String(8 << 20),
  STANDIN_SCRIPT_MS = '0',
  STANDIN_CHECKS = '4',
  STANDIN_CHECK_MS = '0',
} = process.env
const memo = 'identity'
const log = (line: string): void => console.log(line)

async function reach(): Promise<Link> {
  const link = connectLink(net.connect(STANDIN_WORLD))
  await link.waitReady(10_000)
  return link
}

function machineOf(link: Link, found: FoundSandbox, lab: RunningMachine['lab']): RunningMachine {
  const { container, identity } = found
  const nothing = async () => ({})
  const none = async () => {
    throw new InfrastructureError('The stand-in has no guest to ask.')
  }
  return {
    ...{ container, identity, lab, link },
    timings: { startMs: 1, breakMs: 1 },
    guest: { run: none },
    world: { load: none, stats: none },
    firstTerminal: null,
    baseline: nothing,
    async check() {
      await delay(Number(STANDIN_CHECK_MS))
      return { verdict: { status: 'fail' } as never, before: null, after: null, work: null }
    },
    async runScript() {
      await delay(Number(STANDIN_SCRIPT_MS))
      return none()
    },
    async dispose() {
      const { terminals } = await link.hello()
      await Promise.all(terminals.map(({ id }) => link.closeTerminal(id)))
      await link.memoSet(memo, '')
      link.close()
    },
  }
}

const containerOf = (labels: Record<string, string>) => ({
  id: 'standin',
  name: 'standin',
  labels,
  running: true,
})

const sandboxes: Sandboxes = {
  driver: { remove: async () => {} } as never,
  image: 'none',
  accel: 'tcg',
  prepare: () => Promise.reject(new Error('there is nothing to prepare')),
  makePooled: () => Promise.reject(new Error('there is no pool')),
  adoptPooled: () => Promise.reject(new Error('there is no pool')),
  findPooled: async () => [],
  poolKey: async () => null,
  async start({ lab, seed, owner, id = '', generation = 0 }: StartRequest) {
    const link = await reach()
    const [started, expires] = [new Date().toISOString(), new Date(Date.now() + 3_600_000).toISOString()]
    const identity = {
      home: STANDIN_HOME,
      sandbox: id,
      owner,
      lab: lab.lab.meta.id,
      seed,
      generation,
      started,
      expires,
    }
    const labels = Object.fromEntries(
      Object.entries(identity).map(([key, value]) => [`ringside.${key}`, String(value)]),
    )
    await link.memoSet(memo, JSON.stringify(labels))
    const machine = machineOf(link, { container: containerOf(labels), identity }, lab)
    machine.firstTerminal = await link.openTerminal({ cols: 100, rows: 30 })
    return machine
  },
  async find() {
    const link = await reach()
    const text = await link.memoGet(memo)
    link.close()
    const labels = JSON.parse(text || '{}') as Record<string, string>
    const identity = readIdentity(labels)
    return identity ? [{ container: containerOf(labels), identity }] : []
  },
  attach: async (found, lab) => machineOf(await reach(), found, lab),
}

const pool: ServicePool = {
  take: () => null,
  noteStart() {},
  noteFailure() {},
  state: () => ({ profiles: [], reservations: [], starts: { underWay: 0, waiting: 0 } }),
  reserve: () => Promise.reject(new Error('there is no pool')),
  cancel: async () => {},
  recover: async () => {},
  close() {},
}
const minutes = Number(STANDIN_MINUTES)
const limits = { lifetimeMinutes: minutes, extendMinutes: minutes, longestMinutes: 480, machines: 10 }

const rooms = new Rooms({
  sandboxes,
  pool,
  admission: new Admission({ starts: 4, checks: Number(STANDIN_CHECKS) }),
  recordings: new Recordings({
    home: STANDIN_HOME,
    days: Number(STANDIN_DAYS),
    submissionDays: 400,
    mostBytesOfTerminal: Number(STANDIN_MOST),
  }),
  labs: await openCatalog(),
  limits: { owner: limits, learner: limits },
  machines: 10,
  suspendMs: 0,
  lingerSeconds: 60,
  rewind: true,
  journal: new Journal(STANDIN_HOME),
  log,
})
await rooms.recover()
const server = serviceServer(rooms, STANDIN_SECRET, log)
addGateway(server, { rooms, secret: STANDIN_SECRET, origins: [STANDIN_ORIGIN], log })
server.listen(Number(STANDIN_PORT), '127.0.0.1')
// Asked by tests that look for leaks: only what is still in use counts.
process.on('SIGUSR2', () => {
  globalThis.gc?.()
  log(`heap=${process.memoryUsage().heapUsed} external=${process.memoryUsage().external}`)
})
