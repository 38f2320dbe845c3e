/**
 * A database with the newest schema in it, kept up: the embedded one or DATABASE_URL's. Knows the order, not the how (see classroom/).
 */
import { say } from '../output.ts'
import type { Setting } from './prepare.ts'

export interface Database {
  url: string
  stop(): Promise<void>
}

export async function prepareDatabase({ env, home, progress }: Setting): Promise<Database> {
  const { ensureDatabase } = await import('../../classroom/postgres.ts')
  const { migrate } = await import('../../classroom/migrate.ts')
  return progress.step('database', async (note) => {
    const database = await ensureDatabase({ home: home.path, databaseUrl: env.DATABASE_URL, progress: note })
    try {
      await migrate(database.url, { progress: note })
      database.keepUp(say)
      return database
    } catch (error) {
      await database.stop()
      throw error
    }
  })
}
