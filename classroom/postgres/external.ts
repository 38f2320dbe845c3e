/**
 * A PostgreSQL of somebody else, by DATABASE_URL: looked at before anybody relies on it. Starts, stops and creates nothing.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Refusal, setupRefusal } from '../refusal.ts'
import { codeOf, withClient } from './connection.ts'

const oldest = 13

/** @param patienceMs a server beside us may just be starting, too */
export async function checkExternal(url: string, patienceMs = 15_000) {
  checkForm(url)
  const giveUpAt = Date.now() + patienceMs
  for (;;) {
    try {
      await checkVersion(url)
      return { url, keepUp: () => {}, stop: async () => {} }
    } catch (error) {
      const passing = ['ECONNREFUSED', 'ECONNRESET', 'EAI_AGAIN', '57P03'].includes(codeOf(error))
      if (!passing || Date.now() > giveUpAt) throw explained(error, url)
      await sleep(500)
    }
  }
}

function checkForm(url: string): void {
  const form = 'Write it as postgresql://user:password@host:5432/database.'
  const parsed = URL.parse(url)
  if (!parsed || !['postgres:', 'postgresql:'].includes(parsed.protocol) || parsed.pathname.length < 2) {
    throw setupRefusal('bad-database-url', 'DATABASE_URL is not the address of a PostgreSQL database.', form)
  }
  if (parsed.searchParams.has('schema')) {
    const remedy = 'Leave it out, or give Ringside a database of its own.'
    throw setupRefusal('bad-database-url', 'DATABASE_URL names a schema, which is not supported.', remedy)
  }
}

async function checkVersion(url: string): Promise<void> {
  const version = await withClient(url, async (client) => {
    const answer = await client.query<{ server_version_num: string }>('SHOW server_version_num')
    return Math.floor(Number(answer.rows[0]?.server_version_num) / 10_000)
  })
  if (version >= oldest) return
  throw setupRefusal(
    'old-postgres',
    `The server of DATABASE_URL is PostgreSQL ${version}; at least ${oldest} is needed.`,
    'Upgrade it, or leave DATABASE_URL away: then Ringside brings its own.',
  )
}

function explained(error: unknown, url: string): Refusal | unknown {
  const remedies: Record<string, string> = {
    '28P01': 'User or password are wrong: mend DATABASE_URL.',
    '28000': 'The server does not let this user in: mend DATABASE_URL or its pg_hba.conf.',
    '3D000': 'That database does not exist: create it (`createdb`), or mend DATABASE_URL.',
    ECONNREFUSED: 'Nothing listens there: start that server, or mend DATABASE_URL.',
    ENOTFOUND: 'There is no such host: mend DATABASE_URL.',
  }
  if (error instanceof Error && 'problem' in error) return error
  const { host, pathname } = new URL(url)
  const said = error instanceof Error && error.message ? error.message : codeOf(error)
  return setupRefusal(
    'database-unreachable',
    `The database ${pathname.slice(1)} on ${host} (DATABASE_URL) cannot be used: ${said}`,
    remedies[codeOf(error)] ?? 'Mend DATABASE_URL, or leave it away: then Ringside brings its own.',
    error,
  )
}
