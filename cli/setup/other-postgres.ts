/**
 * A PostgreSQL of another version than the embedded one, on which the classroom's tests run once more: finds Debian's, installs it when it may.
 * Starts none: what runs is a server of the tests' own. Knows no test.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { aptInstall } from './apt.ts'
import type { Host } from './host.ts'

const debians = '/usr/lib/postgresql'
/** Debian's package would otherwise make a server for the whole machine, which nobody has asked for. */
const noServer = '/etc/postgresql-common/createcluster.d/ringside.conf'

/** The folder that holds its `bin`, the newest of several; null where it is missing and may not be installed. */
export async function ensureOtherPostgres(
  host: Host,
  embeddedMajor: string,
  note: (line: string) => void,
  folder = debians,
): Promise<string | null> {
  const found = findOther(host, embeddedMajor, folder)
  if (found || !host.root || !host.debian) return found
  note('installing Debian’s postgresql with apt-get')
  if (!host.exists(noServer)) {
    mkdirSync(dirname(noServer), { recursive: true })
    writeFileSync(noServer, '# Ringside needs the programs only.\ncreate_main_cluster = false\n')
  }
  await aptInstall(host, ['postgresql'], note)
  return findOther(host, embeddedMajor, folder)
}

function findOther(host: Host, embeddedMajor: string, folder: string): string | null {
  if (!host.exists(folder)) return null
  const majors = readdirSync(folder)
    .filter((name) => name !== embeddedMajor && host.exists(join(folder, name, 'bin', 'postgres')))
    .sort((a, b) => Number(b) - Number(a))
  return majors[0] ? join(folder, majors[0]) : null
}
