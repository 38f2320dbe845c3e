/**
 * What the tests of the sandbox's own programs need, which they build with sanitizers and run in networks of their own: a C compiler, make, ip
 * and ss. Finds them, installs Debian's when it may. The image brings its own. Knows no test.
 */
import { CommandError } from '../output.ts'
import { aptInstall } from './apt.ts'
import type { Host } from './host.ts'

const programs = ['/usr/bin/cc', '/usr/bin/make', '/bin/ip', '/bin/ss']
const packages = ['gcc', 'libc6-dev', 'make', 'iproute2']

export async function ensureCompiler(host: Host, note: (line: string) => void): Promise<void> {
  const missing = () => programs.filter((path) => !host.exists(path))
  if (missing().length === 0) return
  const byHand = `Run \`${host.root ? '' : 'sudo '}apt-get install -y ${packages.join(' ')}\`.`
  if (!host.root || !host.debian)
    throw new CommandError(
      `The tests build C programs, and there is no ${missing().join(' and no ')}.`,
      host.debian ? byHand : 'Install a C compiler as cc, with its sanitizers, make and iproute2.',
    )
  note(`installing Debian’s ${packages.join(', ')} with apt-get`)
  await aptInstall(host, packages, note)
  if (missing().length > 0)
    throw new CommandError(`apt-get installed them, but there is no ${missing().join(' and no ')}.`, byHand)
}
