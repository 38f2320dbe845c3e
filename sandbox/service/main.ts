/**
 * The sandbox service: the only process that owns the Docker socket. Boots, finds its machines again, listens, reaps, and lets go.
 */
import path from 'node:path'
import { openCatalog } from '../../labs/catalog.ts'
import { Admission } from '../admission.ts'
import { openSandboxes } from '../setup.ts'
import { checksAtOnce } from './checkable.ts'
import { limitsOf, serviceEnvironment } from './environment.ts'
import { addGateway } from './gateway.ts'
import { serviceServer } from './http.ts'
import { Journal } from './journal.ts'
import { openPool, startsAtOnce } from './pool.ts'
import { Recordings } from './recordings.ts'
import { Rooms } from './rooms.ts'

const reapEveryMs = 15_000
const sweepEveryMs = 3_600_000
/** Looks at our own notes of each machine, at none of the machines. */
const tickEveryMs = 1_000

const log = (line: string): void => console.log(`${new Date().toISOString()} ${line}`)

async function main(): Promise<void> {
  const env = serviceEnvironment(process.env)
  const home = path.resolve(env.RINGSIDE_HOME)
  const labs = await openCatalog()
  const sandboxes = await openSandboxes({ home, accel: env.RINGSIDE_ACCEL, onProgress: log })
  const admission = new Admission({ starts: startsAtOnce(), checks: checksAtOnce() })
  const lingerSeconds = env.RINGSIDE_LINGER_SECONDS
  const usual = env.RINGSIDE_POOL
  const pool = await openPool({ sandboxes, labs, home, usual, lingerSeconds, admission, log })
  const rooms = new Rooms({
    sandboxes,
    pool,
    admission,
    recordings: new Recordings({
      home,
      days: env.RINGSIDE_RECORDING_DAYS,
      submissionDays: env.RINGSIDE_SUBMISSION_DAYS,
    }),
    labs,
    limits: limitsOf(env),
    machines: env.RINGSIDE_MACHINES,
    suspendMs: env.RINGSIDE_SUSPEND_MINUTES * 60_000,
    lingerSeconds,
    rewind: env.RINGSIDE_REWIND,
    journal: new Journal(home),
    log,
  })
  await rooms.recover()

  const server = serviceServer(rooms, env.RINGSIDE_SECRET, log)
  const closeSockets = addGateway(server, {
    rooms,
    secret: env.RINGSIDE_SECRET,
    origins: env.RINGSIDE_ORIGIN,
    log,
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(env.RINGSIDE_SERVICE_PORT, env.RINGSIDE_SERVICE_HOST, resolve)
  })
  pool.recover().catch((error) => log(`pool: ${String(error)}`))
  log(`sandbox service listens on ${JSON.stringify(server.address())}`)

  const sweep = (): Promise<void> =>
    rooms.sweep().catch((error) => log(`sweeping recordings: ${String(error)}`))
  void sweep()
  const sweeper = setInterval(sweep, sweepEveryMs)
  const reaper = setInterval(
    () => rooms.reap().catch((error) => log(`reaper: ${String(error)}`)),
    reapEveryMs,
  )
  const ticker = setInterval(() => rooms.tick(Date.now()), tickEveryMs)
  const stop = (): void => {
    clearInterval(reaper)
    clearInterval(ticker)
    clearInterval(sweeper)
    closeSockets()
    rooms.releaseAll()
    pool.close()
    server.close()
    // Machines go on without us for RINGSIDE_LINGER_SECONDS; the next service finds them.
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

main().catch((error: unknown) => {
  const remedy = error instanceof Error && 'remedy' in error ? `\n${String(error.remedy)}` : ''
  console.error(`${error instanceof Error ? error.message : String(error)}${remedy}`)
  process.exit(2)
})
