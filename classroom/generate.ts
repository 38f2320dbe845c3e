/**
 * Generates Prisma's client (prisma/client, not in git) from prisma/schema.prisma: once after the checkout and whenever the schema changed.
 * Must run before anything else of `classroom` is imported, so it imports none of it. Needs no network.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stampFile = path.join(root, 'prisma', 'client', '.made-from')

/** @returns false when the client was there already and up to date */
export async function generateClient(progress: (message: string) => void = () => {}): Promise<boolean> {
  const require = createRequire(import.meta.url)
  const manifest = require.resolve('prisma/package.json')
  const made = createHash('sha256')
    .update(await readFile(manifest))
    .update(await readFile(path.join(root, 'prisma', 'schema.prisma')))
    .digest('hex')
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === made) return false
  progress('Generating the database client')
  await prismaGenerate(path.join(path.dirname(manifest), 'build', 'index.js'))
  // Written last: an interrupted run has no stamp, and the next one generates again.
  await writeFile(stampFile, made)
  return true
}

/**
 * `prisma generate` is WebAssembly, but its command line first fetches an engine that it then does not use. Named by hand, nothing is
 * fetched; any path that exists will do.
 */
function prismaGenerate(program: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, 'generate'], {
      cwd: root,
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve()
      reject(
        new Error(
          `The database client could not be generated. Run \`npm ci\` and try again.\n${output.trim()}`,
        ),
      )
    })
  })
}
