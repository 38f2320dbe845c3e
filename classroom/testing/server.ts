/**
 * The PostgreSQL of the tests: a real one, one for all test files that run at the same time, with a database of its own for each test,
 * copied from a template that has the newest schema. As vitest's globalSetup it holds the server for a whole run.
 */
import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '../migrate.ts'
import { withClient } from '../postgres/connection.ts'
import { findPostmaster } from '../postgres/postmaster.ts'
import { livesOn, markOf } from '../postgres/processes.ts'
import { ensureDatabase } from '../postgres.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const migrations = path.join(root, 'prisma', 'migrations')

/** RINGSIDE_TEST_DATABASE_URL names another server, for instance another version. */
export function testServer() {
  return ensureDatabase({
    home: path.join(root, '.ringside', 'test'),
    databaseUrl: process.env.RINGSIDE_TEST_DATABASE_URL,
  })
}

export default async function holdServer(): Promise<() => Promise<void>> {
  const server = await testServer()
  await dropLeftovers(server.url)
  return () => server.stop()
}

export interface TestDatabase extends AsyncDisposable {
  url: string
}

/** @param schema `none`: an empty database, for what makes the schema itself */
export async function testDatabase(schema: 'newest' | 'none' = 'newest'): Promise<TestDatabase> {
  const server = await testServer()
  const name = `test-${markOf(process.pid)}-${randomBytes(4).toString('hex')}`
  const template = schema === 'newest' ? await ensureTemplate(server.url) : 'template1'
  await withClient(server.url, (client) => client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`))
  return {
    url: named(server.url, name),
    async [Symbol.asyncDispose]() {
      await withClient(server.url, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`))
      await server.stop()
    },
  }
}

/** On a server of its own, which may be killed: it comes back by itself, as under `npm start`. */
export async function mortalDatabase(): Promise<TestDatabase & { kill(): Promise<void> }> {
  const home = await mkdtemp(path.join(tmpdir(), 'ringside-mortal-'))
  // The account that runs the server passes through.
  await chmod(home, 0o711)
  const server = await ensureDatabase({ home })
  await migrate(server.url)
  server.keepUp(() => {})
  return {
    url: server.url,
    async kill() {
      const found = await findPostmaster(path.join(home, 'postgres', 'cluster', 'data'))
      process.kill(found?.pid ?? 0, 'SIGKILL')
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      await rm(home, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

/** Named by its content. Made under another name and renamed when it is complete. */
async function ensureTemplate(serverUrl: string): Promise<string> {
  const name = `template-${await fingerprint()}`
  await withClient(serverUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock(1)')
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount) return
    await client.query('DROP DATABASE IF EXISTS "template-making" WITH (FORCE)')
    await client.query('CREATE DATABASE "template-making"')
    await migrate(named(serverUrl, 'template-making'))
    await client.query(`ALTER DATABASE "template-making" RENAME TO "${name}"`)
  })
  return name
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256')
  const files = await readdir(migrations, { recursive: true })
  for (const file of files.filter((name) => name.endsWith('.sql')).sort()) {
    hash.update(file).update(await readFile(path.join(migrations, file)))
  }
  return hash.digest('hex').slice(0, 12)
}

/** What killed runs left: their names tell which process made them. */
async function dropLeftovers(serverUrl: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    const databases = await client.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE datname LIKE 'test-%'",
    )
    for (const { name } of databases.rows) {
      if (!livesOn(name.slice('test-'.length)))
        await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    }
  })
}

function named(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}
