/**
 * A PostgreSQL to work with: a real embedded one of this checkout's own by default, any other by its URL. Knows how to have a server and
 * an empty database; knows nothing of tables (see migrate.ts). Must not be imported by the app: it starts programs.
 */
import { databaseAccount } from './postgres/account.ts'
import { findPrograms, programsIn, reachablePrograms } from './postgres/binaries.ts'
import { ensureCluster } from './postgres/cluster.ts'
import { checkExternal } from './postgres/external.ts'
import { choosePlace } from './postgres/place.ts'
import { findPostmaster } from './postgres/postmaster.ts'
import { ensureServer, stopServer } from './postgres/server.ts'
import { registerUser } from './postgres/users.ts'
import { watchServer } from './postgres/watchman.ts'
import { setupRefusal } from './refusal.ts'

export interface DatabaseOptions {
  /** Where this checkout keeps what it makes, usually `.ringside`: the embedded server's data lie in its folder `postgres`. */
  home: string
  /** DATABASE_URL: when given, nothing is started and nothing is created. */
  databaseUrl?: string | undefined
  /** Another PostgreSQL that is installed here, by the folder that holds its `bin`: run in place of the embedded one. */
  programs?: string | undefined
  /** Told what is being done, in words for a person. */
  progress?: ((message: string) => void) | undefined
}

export interface RunningDatabase {
  url: string
  /** From now on a server that dies is started again; says so. Does nothing for an external one. */
  keepUp(say: (line: string) => void): void
  /** Ends the server unless another process of this checkout still uses it. An external one is left alone. */
  stop(): Promise<void>
}

/** @throws Refusal whose remedy says what to do */
export async function ensureDatabase(options: DatabaseOptions): Promise<RunningDatabase> {
  if (options.databaseUrl) return checkExternal(options.databaseUrl)
  try {
    return await ensureOwn(options)
  } catch (error) {
    throw explained(error, options.home)
  }
}

async function ensureOwn({
  home,
  programs: folder,
  progress = () => {},
}: DatabaseOptions): Promise<RunningDatabase> {
  const installed = folder ? await programsIn(folder) : await findPrograms()
  const account = await databaseAccount(home, progress)
  const place = await choosePlace(home, account, progress)
  const programs = await reachablePrograms(installed, account, place, progress)
  const user = await registerUser(place)
  try {
    const cluster = await ensureCluster(place, programs, account, progress)
    const url = await ensureServer(cluster, programs, account, progress)
    let unwatch = async () => {}
    return {
      url,
      keepUp(say) {
        unwatch = watchServer({
          isUp: async () => (await findPostmaster(cluster.data)) !== null,
          async start() {
            const now = await ensureServer(cluster, programs, account, () => {})
            if (now !== url) throw elsewhere(new URL(url).port)
          },
          say,
        })
      },
      async stop() {
        await unwatch()
        if (await user.leave()) await stopServer(cluster, programs, account)
      },
    }
  } catch (error) {
    await user.leave()
    throw error
  }
}

const elsewhere = (port: string) =>
  setupRefusal(
    'database-moved',
    `Another program listens on port ${port}, where the database server was.`,
    'End that program, or start Ringside again; what was stored is kept.',
  )

/** What the system refused, with its remedy; anything else is a bug of ours and stays as it is. */
function explained(error: unknown, home: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  const remedies: Record<string, string> = {
    ENOSPC: 'Free at least 200 MB on that disk and run again.',
    EDQUOT: 'Free some of your quota on that disk and run again.',
    EROFS: 'Set RINGSIDE_HOME to a folder that can be written, or DATABASE_URL to a PostgreSQL of your own.',
    EACCES: `Give ${home} to the user who runs this (\`chown -R\`), or set RINGSIDE_HOME to another folder.`,
    EPERM: `Give ${home} to the user who runs this (\`chown -R\`), or set RINGSIDE_HOME to another folder.`,
  }
  const remedy = code && remedies[code]
  return remedy
    ? setupRefusal('database-files', `The database cannot be set up: ${message}`, remedy, error)
    : error
}
