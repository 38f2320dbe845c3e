/** Runs once when the app starts, before any page is made. What it does is Node's, and no bundler's for another runtime to look into. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { boot } = await import('./app/_server/boot.ts')
    await boot()
  }
}
