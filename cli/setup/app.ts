/**
 * The app's production build, made again only when what it depends on has changed. Knows no engine and no database.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../environment.ts'
import { read, writeWhole } from '../home.ts'
import { CommandError } from '../output.ts'
import { fingerprint } from './fingerprint.ts'
import type { Host } from './host.ts'

export const nextProgram = join(repository, 'node_modules/next/dist/bin/next')

/**
 * Next writes types of every route, and app/tsconfig.json names them for every build: those of a build that is older than the checkout name routes
 * that are gone. Each build, and the development server, writes its own again.
 */
const writtenTypes = ['.next', '.next-test'].flatMap((build) => [
  join(build, 'types'),
  join(build, 'dev/types'),
])

/**
 * Next writes the service's address into its build, so that is among the inputs. The mark of a finished build lies inside the build, so that
 * whoever removes one removes the other.
 */
export async function buildApp(
  host: Host,
  note: (line: string) => void,
  env: Record<string, string>,
): Promise<'made' | 'there'> {
  const mark = join(repository, env.RINGSIDE_APP_BUILD ?? '.next', '.ringside')
  const wanted = appFingerprint(env.RINGSIDE_SERVICE_URL ?? '')
  if (read(mark) === wanted) return 'there'
  rmSync(mark, { force: true })
  for (const types of writtenTypes) rmSync(join(repository, types), { recursive: true, force: true })
  const { code, output } = await host.run([process.execPath, nextProgram, 'build'], note, {
    cwd: repository,
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (code !== 0) throw buildFailed(code, output)
  writeWhole(mark, wanted)
  return 'made'
}

const buildFailed = (code: number, output: string) =>
  new CommandError(
    `The app could not be built (next build, exit ${code}). Its last words:\n${output.trim().split('\n').slice(-25).join('\n')}`,
    'Mend what it names (an untouched checkout builds: `git status` shows what was changed; a build needs about 1.5 GB of memory), then run the command again.',
  )

export function appFingerprint(serviceUrl: string): string {
  return fingerprint({
    root: repository,
    paths: [
      ...['app', 'classroom', 'content', 'grader', 'labs', 'sandbox', 'prisma/schema.prisma', 'public'],
      ...['next.config.ts', 'proxy.ts', 'instrumentation.ts', 'postcss.config.mjs'],
      ...['package.json', 'package-lock.json', 'tsconfig.json'],
    ],
    words: [serviceUrl, process.versions.node],
    skip: (path) => /\.test\.tsx?$/.test(path) || path === 'sandbox/image' || path === 'sandbox/service',
  })
}
