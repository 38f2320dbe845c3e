/**
 * Who runs the embedded server. PostgreSQL refuses to run as root, so root lets an unprivileged account do it; anybody else does it
 * themselves. Knows no data and no server.
 */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { setupRefusal } from '../refusal.ts'
import { type Account, run } from './run.ts'

/** Not `postgres`: Debian's own package wants to make that one itself. */
const accountName = 'ringside'

/** @param home data that exist there already decide: their owner runs them */
export async function databaseAccount(home: string, progress: (message: string) => void): Promise<Account> {
  if (process.getuid?.() !== 0) return { name: process.env.USER ?? 'you' }
  const owner = await stat(path.join(home, 'postgres', 'cluster', 'data')).catch(() => null)
  if (owner && owner.uid !== 0) return { name: `number ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  const found = await lookUp()
  if (found) return found
  progress(`Making the system user ${accountName}: PostgreSQL does not run as root`)
  const made = await run('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir=/nonexistent',
    '--shell=/usr/sbin/nologin',
    accountName,
  ]).catch((cause) => ({ code: 1, output: String(cause) }))
  // Another process may have made it at the same time: what counts is that it is there.
  const account = await lookUp()
  if (account) return account
  throw setupRefusal(
    'no-database-account',
    `PostgreSQL does not run as root, and the system user ${accountName} could not be made: ${made.output.trim()}`,
    `Make it by hand (\`useradd --system ${accountName}\`), run as an ordinary user, or set DATABASE_URL.`,
  )
}

async function lookUp(): Promise<Account | null> {
  const [uid, gid] = await Promise.all([run('id', ['-u', accountName]), run('id', ['-g', accountName])])
  if (uid.code !== 0 || gid.code !== 0) return null
  return { name: accountName, uid: Number(uid.output), gid: Number(gid.output) }
}
