/**
 * The few questions asked of a server before anybody works with it. Knows no Prisma and no tables.
 */
import pg from 'pg'

export type Client = pg.Client

/** Long: a machine where everything starts at once is slow, and a server taken for dead would be restarted under others. */
const timeoutMs = 15_000

/** Connects, asks, lets go. */
export async function withClient<T>(url: string, ask: (client: Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: timeoutMs })
  // A server that ends while we listen says so here as well as in the query; unheard, it would end this process.
  client.on('error', () => {})
  try {
    await client.connect()
    return await ask(client)
  } finally {
    await client.end()
  }
}

/** Where a server keeps its data; `busy` while it starts or stops, null when it does not let us in or does not answer. */
export async function dataFolderOf(url: string): Promise<string | 'busy' | null> {
  try {
    return await withClient(url, async (client) => {
      const answer = await client.query<{ data_directory: string }>('SHOW data_directory')
      return answer.rows[0]?.data_directory ?? null
    })
  } catch (error) {
    // ECONNREFUSED: it lives but does not listen yet, or not any more. 57P03: starting up or shutting down.
    return ['ECONNREFUSED', 'ECONNRESET', '57P03', '57P01'].includes(codeOf(error)) ? 'busy' : null
  }
}

export async function createIfMissing(url: string, name: string): Promise<void> {
  await withClient(url, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount) return
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`).catch((error) => {
      // Another process made it at the same moment: duplicate_database, or the unique index behind it.
      if (!['42P04', '23505'].includes(codeOf(error))) throw error
    })
  })
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
