/**
 * Installs Debian packages, saying so. Knows no package.
 */
import { CommandError } from '../output.ts'
import type { Host } from './host.ts'

/** A lock held by unattended upgrades is waited for, not an error. */
const options = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3']

export async function aptInstall(
  host: Host,
  packages: string[],
  note: (line: string) => void,
): Promise<void> {
  await apt(host, ['update'], packages, note)
  await apt(host, ['install', '-y', '--no-install-recommends', ...packages], packages, note)
}

async function apt(
  host: Host,
  args: string[],
  packages: string[],
  note: (line: string) => void,
): Promise<void> {
  const { code, output } = await host.run(['apt-get', ...options, ...args], note)
  if (code === 0) return
  const words = output.trim().split('\n').slice(-12).join('\n')
  throw new CommandError(
    `apt-get ${args[0]} failed (exit ${code}) while installing ${packages.join(', ')}. Its last words:\n${words}`,
    `Run \`apt-get update && apt-get install -y ${packages.join(' ')}\` by hand, mend what it complains of (often the network or a full disk), then run the command again.`,
  )
}
