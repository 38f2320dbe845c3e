/**
 * The start of the app's process: an environment that will not do stops it now, with the variable's name, and not at the first request; so does a
 * language that is not there. Each connection's address is noted from now on, and what is over is handed in, also while nobody comes. Knows no page.
 */
import { notePeers } from './address.ts'
import { environment, requireEnvironment } from './environment.ts'
import { learnLanguage } from './language.ts'

export async function boot(): Promise<void> {
  requireEnvironment()
  const { RINGSIDE_LANGUAGE, RINGSIDE_TEXTS } = environment()
  await learnLanguage(RINGSIDE_LANGUAGE, RINGSIDE_TEXTS).catch((error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  })
  notePeers()
  const { classroom } = await import('./classroom.ts')
  // Labs that cannot be read are told to whoever asks for them.
  await classroom().catch((error) => console.error(error instanceof Error ? error.message : error))
}
