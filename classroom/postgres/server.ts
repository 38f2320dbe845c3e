/**
 * The embedded server itself: found again if it outlived whoever started it, else started; ended. On a loopback port of its own, in a
 * session of its own, so that Ctrl-C reaches it only after the app. Knows no tables.
 */
import { chown, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { setupRefusal } from '../refusal.ts'
import type { Programs } from './binaries.ts'
import { type Cluster, superuser } from './cluster.ts'
import { createIfMissing, dataFolderOf } from './connection.ts'
import { findPostmaster, type Postmaster } from './postmaster.ts'
import { type Account, run } from './run.ts'

const database = 'ringside'
const patienceMs = 60_000

/** @returns the URL of the database, which exists and may be empty */
export async function ensureServer(
  cluster: Cluster,
  programs: Programs,
  account: Account,
  progress: (message: string) => void,
): Promise<string> {
  const giveUpAt = Date.now() + patienceMs
  for (;;) {
    const found = await findPostmaster(cluster.data)
    const port = found
      ? await reuse(found, cluster, programs, account, progress)
      : await start(cluster, programs, account, progress)
    if (port) {
      await createIfMissing(urlOf(cluster, port, 'postgres'), database).catch((cause) => {
        throw notLetIn(cluster, cause)
      })
      return urlOf(cluster, port, database)
    }
    if (Date.now() > giveUpAt) throw doesNotStart(cluster, await lastOfLog(cluster))
    await sleep(200)
  }
}

/** Asks it to finish (open connections are closed), then insists. */
export async function stopServer(cluster: Cluster, programs: Programs, account: Account): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    if (!(await findPostmaster(cluster.data))) return
    await run(programs.pgCtl, ['stop', '-D', cluster.data, '-m', mode, '-w', '-t', '20'], account)
  }
  const left = await findPostmaster(cluster.data)
  if (!left) return
  throw setupRefusal(
    'postgres-does-not-stop',
    `The database server (process ${left.pid}) does not stop.`,
    `Look at it, then end it yourself: \`kill -9 ${left.pid}\`. Its data survive that.`,
  )
}

/** The port of a server that is ours and answers; null when it has to be looked at again. One that does not answer is ended. */
async function reuse(
  found: Postmaster,
  cluster: Cluster,
  programs: Programs,
  account: Account,
  progress: (message: string) => void,
): Promise<number | null> {
  // It has only begun to write its file.
  if (!found.port) return null
  const answer = await dataFolderOf(urlOf(cluster, found.port, 'postgres'))
  if (answer === cluster.data) return found.port
  if (answer === 'busy') return null
  progress(`The database server that runs (process ${found.pid}) does not answer; restarting it`)
  await stopServer(cluster, programs, account)
  return null
}

/** The port it listens on; null when something passing was in the way. */
async function start(
  cluster: Cluster,
  programs: Programs,
  account: Account,
  progress: (message: string) => void,
): Promise<number | null> {
  const port = await freePort(await rememberedPort(cluster))
  const log = await freshLog(cluster, account)
  progress('Starting the database')
  const options = [
    `-c port=${port}`,
    '-c listen_addresses=127.0.0.1',
    "-c unix_socket_directories=''",
    '-c timezone=UTC',
    '-c log_timezone=UTC',
  ]
  const args = ['start', '-D', cluster.data, '-l', log, '-w', '-t', '60', '-o', options.join(' ')]
  const exit = await run(programs.pgCtl, args, account)
  if (exit.code === 0) {
    await writeFile(portFile(cluster), `${port}\n`)
    return port
  }
  const said = await lastOfLog(cluster)
  if (passing.test(said)) return null
  throw doesNotStart(cluster, said || exit.output.trim())
}

/** The port was taken in between, another process starts the same server, backends of a killed one are still ending. */
const passing =
  /could not bind|Address already in use|postmaster\.pid" already exists|shared memory block .* is still in use/

function doesNotStart(cluster: Cluster, said: string): Error {
  const remedy = /No space left/.test(said)
    ? 'Free at least 200 MB on that disk and run again; what was stored is kept.'
    : `Read ${path.join(cluster.place, 'log')}, mend what it says and run again; what was stored is kept. Or set DATABASE_URL.`
  return setupRefusal('postgres-does-not-start', `The database server does not start: ${said}`, remedy)
}

function notLetIn(cluster: Cluster, cause: Error): Error {
  const folder = path.join(cluster.place, 'cluster')
  return setupRefusal(
    'database-refuses',
    `The database server in ${cluster.place} runs but refuses us: ${cause.message}`,
    `If ${folder}/password was changed, put it back; or begin anew: \`mv ${folder} ${folder}.old\`. Or set DATABASE_URL.`,
    cause,
  )
}

function urlOf(cluster: Cluster, port: number, name: string): string {
  return `postgresql://${superuser}:${cluster.password}@127.0.0.1:${port}/${name}`
}

/** The same port as last time where possible: an app that still runs then finds a restarted server by itself. */
async function rememberedPort(cluster: Cluster): Promise<number> {
  return Number(await readFile(portFile(cluster), 'utf8').catch(() => '0')) || 0
}

function portFile(cluster: Cluster): string {
  return path.join(cluster.place, 'port')
}

async function freePort(wanted: number): Promise<number> {
  const server = createServer()
  try {
    return await new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(wanted, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
  } catch (error) {
    if (wanted === 0) throw error
    return freePort(0)
  } finally {
    server.close()
  }
}

/** Each start begins a log; the one before is kept beside it. */
async function freshLog(cluster: Cluster, account: Account): Promise<string> {
  const log = path.join(cluster.place, 'log')
  if (await stat(log).catch(() => null)) await rename(log, `${log}.before`)
  await writeFile(log, '', { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) await chown(log, account.uid, account.gid)
  return log
}

async function lastOfLog(cluster: Cluster): Promise<string> {
  const text = await readFile(path.join(cluster.place, 'log'), 'utf8').catch(() => '')
  return text.trim().split('\n').slice(-6).join('\n')
}
