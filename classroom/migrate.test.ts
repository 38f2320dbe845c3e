import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { migrate } from './migrate.ts'
import { withClient } from './postgres/connection.ts'
import { testDatabase } from './testing/server.ts'

/** A folder of migrations, given as name and SQL. */
async function migrations(files: Record<string, string>) {
  const folder = await mkdtemp(path.join(tmpdir(), 'ringside-migrations-'))
  const write = async (name: string, sql: string) => {
    await mkdir(path.join(folder, name), { recursive: true })
    await writeFile(path.join(folder, name, 'migration.sql'), sql)
  }
  for (const [name, sql] of Object.entries(files)) await write(name, sql)
  return { folder, write, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

const rows = (url: string, sql: string) => withClient(url, async (client) => (await client.query(sql)).rows)
const history = (url: string) =>
  rows(
    url,
    'SELECT migration_name AS name, finished_at, rolled_back_at, logs FROM _prisma_migrations ORDER BY started_at',
  )
const own = await readdir(fileURLToPath(new URL('../prisma/migrations', import.meta.url)))
const ownNames = own.filter((name) => /^\d{14}_/.test(name)).sort()

test('an empty database is brought to the newest schema once; the second start has nothing to do', async () => {
  await using database = await testDatabase('none')
  expect(await migrate(database.url)).toEqual(ownNames)
  expect(await migrate(database.url)).toEqual([])
  expect(await rows(database.url, 'SELECT * FROM "Attempt"')).toEqual([])
})

test('the history is kept as Prisma keeps it: a row for each, finished, one step, the checksum of the file', async () => {
  await using database = await testDatabase('none')
  await using files = await migrations({ '1_one': 'CREATE TABLE a (id int);\n' })
  await migrate(database.url, { folder: files.folder })
  const [row] = await rows(database.url, 'SELECT * FROM _prisma_migrations')
  expect(row).toMatchObject({
    // sha256sum of the file
    checksum: 'c2de7559380e5ebf65caa7d59e166558e80243cf7e70006cc98d1593d94203c1',
    migration_name: '1_one',
    logs: null,
    rolled_back_at: null,
    applied_steps_count: 1,
  })
  expect(row.id).toHaveLength(36)
  expect(row.finished_at).toBeInstanceOf(Date)
})

test('starts at the same moment apply each migration once', async () => {
  await using database = await testDatabase('none')
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url)))
  expect(applied.flat().sort()).toEqual(ownNames)
  expect(await history(database.url)).toHaveLength(ownNames.length)
})

test('a migration that fails changes nothing, leaves a note, and is tried again when it was mended', async () => {
  await using database = await testDatabase('none')
  await using files = await migrations({
    '1_one': 'CREATE TABLE a (id int);',
    '2_two': 'CREATE TABLE b (id int); SELECT 1/0;',
  })
  const failed = migrate(database.url, { folder: files.folder })
  await expect(failed).rejects.toMatchObject({ problem: { code: 'migration-failed' } })
  await expect(failed).rejects.toThrow('2_two failed and was undone: division by zero')
  expect(await rows(database.url, "SELECT to_regclass('a') a, to_regclass('b') b")).toEqual([
    { a: 'a', b: null },
  ])
  expect((await history(database.url))[1]).toMatchObject({
    name: '2_two',
    finished_at: null,
    rolled_back_at: expect.any(Date),
    logs: 'division by zero',
  })
  await files.write('2_two', 'CREATE TABLE b (id int);')
  expect(await migrate(database.url, { folder: files.folder })).toEqual(['2_two'])
})

test('a migration that Prisma began and did not finish is refused with the command that settles it', async () => {
  await using database = await testDatabase('none')
  await using files = await migrations({ '1_one': 'CREATE TABLE a (id int);' })
  await migrate(database.url, { folder: files.folder })
  await rows(database.url, "UPDATE _prisma_migrations SET finished_at = NULL, logs = 'ran out of disk'")
  await expect(migrate(database.url, { folder: files.folder })).rejects.toMatchObject({
    message: expect.stringContaining('ran out of disk'),
    problem: { remedy: expect.stringContaining('prisma migrate resolve --rolled-back 1_one') },
  })
})

test('a migration edited after it was applied is refused; other line ends are no edit', async () => {
  await using database = await testDatabase('none')
  await using files = await migrations({ '1_one': 'CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n' })
  await migrate(database.url, { folder: files.folder })
  await files.write('1_one', 'CREATE TABLE a (id int);\r\nCREATE TABLE b (id int);\r\n')
  expect(await migrate(database.url, { folder: files.folder })).toEqual([])
  await files.write('1_one', 'CREATE TABLE a (id bigint);\n')
  await expect(migrate(database.url, { folder: files.folder })).rejects.toMatchObject({
    problem: { code: 'migration-edited', remedy: expect.stringContaining('git checkout') },
  })
})

test('a database that a newer Ringside used, or that is somebody else’s, is left alone', async () => {
  await using database = await testDatabase('none')
  await using newer = await migrations({ '1_one': 'CREATE TABLE a (id int);', '2_two': 'SELECT 1' })
  await using older = await migrations({ '1_one': 'CREATE TABLE a (id int);' })
  await migrate(database.url, { folder: newer.folder })
  await expect(migrate(database.url, { folder: older.folder })).rejects.toMatchObject({
    problem: { code: 'database-newer' },
  })
  await rows(database.url, 'DROP TABLE _prisma_migrations')
  await expect(migrate(database.url, { folder: older.folder })).rejects.toMatchObject({
    problem: { code: 'database-not-empty', message: expect.stringContaining('(a…)') },
  })
})

test('a process killed in the middle of a migration leaves nothing behind, and the next start does it', async () => {
  await using database = await testDatabase('none')
  await using files = await migrations({ '1_slow': 'CREATE TABLE a (id int); SELECT pg_sleep(60);' })
  const script = `import { migrate } from ${JSON.stringify(new URL('./migrate.ts', import.meta.url).href)}
    migrate(${JSON.stringify(database.url)}, { folder: ${JSON.stringify(files.folder)} })`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdio: 'ignore',
  })
  const sleeping =
    "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()"
  const isSleeping = async () => (await rows(database.url, sleeping)).length > 0
  await expect.poll(isSleeping, { timeout: 20_000, interval: 100 }).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  // The server notices that its client is gone only when it wants to talk to it.
  await rows(database.url, sleeping.replace('SELECT pid', 'SELECT pg_terminate_backend(pid)'))
  await sleep(100)
  await files.write('1_slow', 'CREATE TABLE a (id int);')
  expect(await migrate(database.url, { folder: files.folder })).toEqual(['1_slow'])
  expect(await history(database.url)).toHaveLength(1)
})
