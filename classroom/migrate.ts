/**
 * Brings a database to the newest schema: runs the files of prisma/migrations that it has not seen, and keeps `_prisma_migrations` the way
 * Prisma does, so that `prisma migrate deploy` and `status` agree (Prisma's own engine is a download that an offline machine cannot make).
 * Knows nothing of the tables.
 */
import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { withClient } from './postgres/connection.ts'
import { setupRefusal } from './refusal.ts'

interface Migration {
  name: string
  sql: string
}

interface MigrateOptions {
  /** The folder of the migrations; the project's own unless a test says otherwise. */
  folder?: string
  progress?: (message: string) => void
}

/** Safe to call at every start and from two processes at once. @returns the names of the migrations that were applied now */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = await readMigrations(options.folder ?? ownFolder())
  return withClient(databaseUrl, async (client) => {
    await lock(client)
    await ensureHistory(client)
    const missing = unapplied(migrations, await readHistory(client))
    for (const migration of missing) {
      options.progress?.(`Database: applying ${migration.name}`)
      await apply(client, migration)
    }
    return missing.map((migration) => migration.name)
  })
}

function ownFolder(): string {
  return fileURLToPath(new URL('../prisma/migrations', import.meta.url))
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(path.join(folder, name, 'migration.sql'), 'utf8'),
    })),
  )
}

/** Prisma's own number for this lock: its engine and we keep out of each other's way. It ends with the connection, however that ends. */
async function lock(client: pg.Client): Promise<void> {
  await client.query("SET lock_timeout = '60s'")
  await client.query('SELECT pg_advisory_lock(72707369)').catch((cause) => {
    throw setupRefusal(
      'migration-locked',
      'Another process has been changing the database for a minute.',
      'Wait for it or end it (`SELECT * FROM pg_stat_activity`), then run again.',
      cause,
    )
  })
  await client.query('SET lock_timeout = 0')
}

/** Column for column as Prisma creates it. */
const historyTable = `CREATE TABLE _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`

async function ensureHistory(client: pg.Client): Promise<void> {
  const tables = await client.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()',
  )
  const names = tables.rows.map((row) => row.name)
  if (names.includes('_prisma_migrations')) return
  if (names.length === 0) {
    await client.query(historyTable)
    return
  }
  throw setupRefusal(
    'database-not-empty',
    `The database holds tables that are not Ringside's (${names.slice(0, 3).join(', ')}…). Nothing was changed.`,
    'Give Ringside a database of its own: create an empty one and name it in DATABASE_URL.',
  )
}

interface HistoryRow {
  migration_name: string
  checksum: string
  finished_at: Date | null
  logs: string | null
}

async function readHistory(client: pg.Client): Promise<HistoryRow[]> {
  const history = await client.query<HistoryRow>(
    `SELECT migration_name, checksum, finished_at, logs FROM _prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY started_at`,
  )
  return history.rows
}

/** What is still to be applied. @throws Refusal when the history and the files do not belong together */
function unapplied(migrations: Migration[], history: HistoryRow[]): Migration[] {
  for (const row of history) {
    const name = row.migration_name
    const known = migrations.find((migration) => migration.name === name)
    if (!known) {
      throw setupRefusal(
        'database-newer',
        `The database has the migration ${name}, which this checkout does not know: a newer Ringside used it.`,
        'Update the checkout (`git pull`), or use another database.',
      )
    }
    if (!row.finished_at) {
      throw setupRefusal(
        'migration-failed',
        `The migration ${name} was begun and did not finish${row.logs ? `: ${row.logs.trim()}` : '.'}`,
        `Look at what it left, undo it, then \`npx prisma migrate resolve --rolled-back ${name}\` and run again.`,
      )
    }
    if (!checksums(known.sql).includes(row.checksum)) {
      throw setupRefusal(
        'migration-edited',
        `The migration ${name} was edited after it had been applied to this database.`,
        `Put it back (\`git checkout -- prisma/migrations/${name}\`) and say the change in a new migration.`,
      )
    }
  }
  return migrations.filter((migration) => !history.some((row) => row.migration_name === migration.name))
}

/**
 * The script and its line in the history in one transaction: killed in the middle, neither is there, and the next start does both.
 * A script that fails leaves only its line, marked as rolled back as Prisma marks it: the next start tries again.
 */
async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const row = [randomUUID(), checksums(migration.sql)[0], migration.name]
  const insert = `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at`
  try {
    await client.query('BEGIN')
    await client.query(
      `${insert}, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      row,
    )
    await client.query(migration.sql)
    await client.query('COMMIT')
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    await client.query('ROLLBACK')
    await client.query(`${insert}, logs, rolled_back_at) VALUES ($1, $2, $3, now(), $4, now())`, [
      ...row,
      said,
    ])
    throw setupRefusal(
      'migration-failed',
      `The migration ${migration.name} failed and was undone: ${said}`,
      'The data are as before. Mend what it says and run again; if it is a bug of Ringside, report it.',
      cause,
    )
  }
}

/** As it is, then with the line ends of the other systems: git may have changed them in a checkout. Prisma does the same. */
function checksums(sql: string): string[] {
  const unix = sql.replaceAll('\r\n', '\n')
  return [sql, unix, unix.replaceAll('\n', '\r\n')].map((text) =>
    createHash('sha256').update(text).digest('hex'),
  )
}
