/** Runs once when the app starts: each connection's address is noted from now on, and an environment that will not do stops it now, with the variable's name, and not at the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { requireEnvironment } = await import('./app/_server/environment.ts')
  requireEnvironment()
  const { notePeers } = await import('./app/_server/address.ts')
  notePeers()
}
