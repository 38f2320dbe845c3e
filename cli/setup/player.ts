/**
 * asciinema, in which recordings of terminals are tried out: Debian's where it may be installed. Without it that one test is skipped, as their
 * format is checked without it too. Knows no recording.
 */
import { aptInstall } from './apt.ts'
import type { Host } from './host.ts'

const program = '/usr/bin/asciinema'

export async function ensurePlayer(host: Host, note: (line: string) => void): Promise<void> {
  if (host.exists(program)) return
  if (!host.root || !host.debian) {
    note('asciinema is not installed: recordings are not played')
    return
  }
  note('installing Debian’s asciinema with apt-get')
  await aptInstall(host, ['asciinema'], note)
}
