/**
 * The only PrismaClient. Knows how to connect and which of the database's errors are ordinary; knows nothing of what is stored.
 */
import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from '../prisma/client/client.ts'
import { databaseUnavailable, diskFull, type Refusal } from './refusal.ts'

export type Database = ReturnType<typeof connect>
/** The same inside of a transaction. */
export type Transaction = Omit<Database, '$connect' | '$disconnect' | '$transaction' | '$extends' | '$on'>

/** A change of a whole assignment writes the grades of thousands anew; whoever hands in meanwhile waits for it. */
export const patient = { timeout: 120_000, maxWait: 10_000 }

/** Whoever reads a page reads for minutes; after the driver's own ten seconds most pages would wait for new connections. */
const idleTimeoutMillis = 10 * 60_000

export function connect(databaseUrl: string) {
  const adapter = new PrismaPg({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis,
  })
  return new PrismaClient({ adapter, errorFormat: 'minimal' }).$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          return await query(args)
        } catch (error) {
          throw outageOf(error) ?? error
        }
      },
    },
  })
}

/** Two requests did the same at once and the other was first. */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error) === 'P2002'
}

/** A value of ours as Prisma wants JSON; the types differ only in that interfaces have no index signature. */
export function json(value: unknown): Prisma.InputJsonValue | typeof Prisma.JsonNull {
  return value === null ? Prisma.JsonNull : (value as Prisma.InputJsonValue)
}

/** Not reachable, closed in the middle, no connection to be had, waited for others too long, no room: nobody's request is at fault, and a later one will do. */
function outageOf(error: unknown): Refusal | null {
  const sqlState = sqlStateOf(error)
  if (sqlState === '53100') return diskFull(error)
  // Classes of appendix A of PostgreSQL's manual: 08 connection, 53 resources, 57P operator (shutdown, crash, starting up).
  const told = /^(08|53|57P)/.test(sqlState)
  const unreachable = ['P1000', 'P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2037']
  return told || unreachable.includes(codeOf(error)) ? databaseUnavailable(error) : null
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** PostgreSQL's own code, where Prisma keeps it. */
function sqlStateOf(error: unknown): string {
  const known = error instanceof Prisma.PrismaClientKnownRequestError ? error.meta : null
  const adapterError = known?.driverAdapterError as { cause?: { originalCode?: string } } | undefined
  return adapterError?.cause?.originalCode ?? ''
}
