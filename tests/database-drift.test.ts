/**
 * The migrations make exactly what prisma/schema.prisma says, and Prisma's own engine agrees with the history that our runner keeps. The
 * engine runs as WebAssembly: its binary would be a download.
 */
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from '../classroom/testing/server.ts'

const prisma = fileURLToPath(new URL('../prisma', import.meta.url))
const everything = { externalTables: [], externalEnums: [] }

test('the migrations make exactly what the schema says', async () => {
  await using database = await testDatabase()
  const schema = {
    path: 'schema.prisma',
    content: await readFile(path.join(prisma, 'schema.prisma'), 'utf8'),
  }
  await using engine = await loadEngine(database.url, schema)
  const difference = await engine.diff({
    from: { tag: 'schemaDatasource', files: [schema], configDir: prisma },
    to: { tag: 'schemaDatamodel', files: [schema] },
    script: true,
    exitCode: true,
    filters: everything,
  })
  expect(difference.stdout).toContain('This is an empty migration')
  expect(difference.exitCode).toBe(0)
})

test('a difference would be seen', async () => {
  await using database = await testDatabase()
  const content = await readFile(path.join(prisma, 'schema.prisma'), 'utf8')
  const schema = { path: 'schema.prisma', content: content.replace('seed       Int', 'seed       BigInt') }
  await using engine = await loadEngine(database.url, schema)
  const difference = await engine.diff({
    from: { tag: 'schemaDatasource', files: [schema], configDir: prisma },
    to: { tag: 'schemaDatamodel', files: [schema] },
    script: true,
    exitCode: true,
    filters: everything,
  })
  expect(difference.stdout).toContain('ALTER COLUMN "seed" SET DATA TYPE BIGINT')
})

test('`prisma migrate deploy` and `status` agree with our runner', async () => {
  await using database = await testDatabase()
  const schema = {
    path: 'schema.prisma',
    content: await readFile(path.join(prisma, 'schema.prisma'), 'utf8'),
  }
  await using engine = await loadEngine(database.url, schema)
  const migrationsList = await migrations()
  expect(await engine.applyMigrations({ migrationsList, filters: everything })).toEqual({
    appliedMigrationNames: [],
  })
  expect(
    await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: everything,
    }),
  ).toMatchObject({
    hasMigrationsTable: true,
    history: null,
    failedMigrationNames: [],
    editedMigrationNames: [],
  })
})

async function migrations() {
  const folder = path.join(prisma, 'migrations')
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const migrationDirectories = await Promise.all(
    names.map(async ({ name }) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: await readFile(path.join(folder, name, 'migration.sql'), 'utf8') },
      },
    })),
  )
  const content = await readFile(path.join(folder, 'migration_lock.toml'), 'utf8')
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}

interface Engine {
  diff(input: object): Promise<{ exitCode: number; stdout: string | null }>
  applyMigrations(input: object): Promise<object>
  diagnoseMigrationHistory(input: object): Promise<object>
}

let copies = 0

/** The package is made for bundlers: its glue and its WebAssembly are put together by hand. The glue keeps state, so each engine has its own. */
async function loadEngine(url: string, schema: { path: string; content: string }) {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(message: string) {
        throw new Error(message)
      },
    },
  })
  const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const glueUrl = `${pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href}?${copies++}`
  const glue = await import(/* @vite-ignore */ glueUrl)
  const wasm = await readFile(path.join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  const start = instance.exports.__wbindgen_start as () => void
  start()
  const pool = new pg.Pool({ connectionString: url })
  const factory = bindMigrationAwareSqlAdapterFactory(catalogueReader(pool))
  const engine: Engine = await glue.SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    () => {},
    factory,
  )
  return Object.assign(engine, { [Symbol.asyncDispose]: () => pool.end() })
}

/**
 * The engine reads PostgreSQL's catalogue, which holds the type "char" (18). The adapter does not know it: it is told text (25), and the
 * engine is told what it is.
 */
function catalogueReader(pool: pg.Pool) {
  let charColumns: number[] = []
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryArrayResult>
  const asText = async (...args: unknown[]) => {
    const result = await query(...args)
    const fields = result.fields ?? []
    charColumns = fields.flatMap((field, index) => (field.dataTypeID === 18 ? [index] : []))
    for (const field of fields) if (field.dataTypeID === 18) field.dataTypeID = 25
    return result
  }
  const factory = new PrismaPg(Object.assign(pool, { query: asText }))
  const connect = factory.connect.bind(factory)
  const connectReader = async () => {
    const adapter = await connect()
    const read = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (request) => {
      const result = await read(request)
      for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    }
    return adapter
  }
  return Object.assign(factory, { connect: connectReader })
}
