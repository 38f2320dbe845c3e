/**
 * Where the embedded server's data lie: in the checkout's own home, or, where the account that runs the server cannot enter that
 * (a checkout under /root), under /var/lib/ringside. Existing data are always found again. Knows no PostgreSQL.
 */
import { createHash, randomBytes } from 'node:crypto'
import { access, chmod, mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setupRefusal } from '../refusal.ts'
import { livesOn, markOf } from './processes.ts'
import { type Account, run } from './run.ts'

export async function choosePlace(
  home: string,
  account: Account,
  progress: (message: string) => void,
  elsewhere = '/var/lib/ringside',
): Promise<string> {
  // One name for one place, by whatever path it was reached: a server that runs is recognised by it.
  const own = await makeFolder(path.resolve(home, 'postgres'))
  const noted = await readFile(path.join(own, 'elsewhere'), 'utf8').catch(() => null)
  if (noted) return entered(noted.trim(), account)
  if (await holdsCluster(own)) return entered(own, account)
  const other = path.join(elsewhere, nameFor(own))
  if (!(await holdsCluster(other)) && (await canEnter(own, account))) return own
  await makeFolder(other)
  await entered(other, account)
  progress(`The database goes to ${other}: the user ${account.name} cannot enter ${own}`)
  await writeFile(path.join(own, 'elsewhere'), `${other}\n`)
  return other
}

/**
 * May be passed through by anybody, read by nobody else: what is secret inside has its own mode. That holds for each folder made on the way,
 * whatever root's umask says.
 */
async function makeFolder(folder: string): Promise<string> {
  const first = await mkdir(folder, { recursive: true })
  await chmod(folder, 0o711)
  for (let made = folder; first && made !== first; ) {
    made = path.dirname(made)
    await chmod(made, 0o711)
  }
  return realpath(folder)
}

async function holdsCluster(place: string): Promise<boolean> {
  return access(path.join(place, 'cluster')).then(
    () => true,
    () => false,
  )
}

async function entered(place: string, account: Account): Promise<string> {
  if (await canEnter(place, account)) return place
  throw setupRefusal(
    'place-unreachable',
    `The database lies in ${place}, and the user ${account.name}, who runs it, cannot enter there.`,
    `Allow passing through each folder above it (\`chmod o+x\`), or move the checkout out of there.`,
  )
}

/** Asked of the system itself, as that account: modes alone do not tell (access lists, mounts). */
async function canEnter(place: string, account: Account): Promise<boolean> {
  return (await run('/bin/sh', ['-c', 'cd "$1"', 'sh', place], account)).code === 0
}

function nameFor(own: string): string {
  const checkout = path.basename(path.resolve(own, '..', '..')).replaceAll(/[^A-Za-z0-9.-]/g, '-')
  return `${checkout}-${createHash('sha256').update(own).digest('hex').slice(0, 8)}`
}

const unfinished = 'making-'

/** A folder for something that is still being made; its name tells which process makes it. */
export function makingIn(place: string): string {
  return path.join(place, `${unfinished}${markOf(process.pid)}-${randomBytes(4).toString('hex')}`)
}

/** Puts what was made in its place, whole. When another process was faster, its work is as good as ours. */
export async function putInPlace(making: string, target: string): Promise<void> {
  await rename(making, target).catch(async (error) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    await rm(making, { recursive: true, force: true })
  })
}

/** Removes what a run that was interrupted in the middle has left. */
export async function removeUnfinished(place: string): Promise<void> {
  const left = (await readdir(place)).filter((name) => name.startsWith(unfinished))
  for (const name of left) {
    if (livesOn(name.slice(unfinished.length))) continue
    await rm(path.join(place, name), { recursive: true, force: true, maxRetries: 5 })
  }
}
