/**
 * The folder that holds everything Ringside keeps on this machine: where each thing lies, secrets, marks of finished steps. Everything is
 * written whole or not at all. The folder itself may be entered by others, since the database runs as another user. Knows no step.
 */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export interface Home {
  path: string
  logs: string
  secrets(): Secrets
  /** What a finished step left behind, or null. */
  mark(step: string): string | null
  setMark(step: string, value: string): void
}

/** `service` is shared by app and sandbox service, `auth` signs sessions, `signin` is in the address that signs the owner in. */
const secretsSchema = z.object({ service: z.string(), auth: z.string(), signin: z.string() })
export type Secrets = z.infer<typeof secretsSchema>

export function openHome(path: string): Home {
  const marks = join(path, 'marks')
  const logs = join(path, 'logs')
  mkdirSync(marks, { recursive: true })
  mkdirSync(logs, { recursive: true })
  return {
    path,
    logs,
    secrets: () => readSecrets(join(path, 'secrets.json')),
    mark: (step) => read(join(marks, step)),
    setMark: (step, value) => writeWhole(join(marks, step), value),
  }
}

/** Two first starts at once must agree: `link` lets only one of them be first, the other reads what it wrote. */
function readSecrets(path: string): Secrets {
  const known = read(path)
  if (known !== null) return secretsSchema.parse(JSON.parse(known))
  const fresh: Secrets = { service: secret(), auth: secret(), signin: secret() }
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(fresh), { mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readSecrets(path)
}

const secret = (): string => randomBytes(32).toString('base64url')

export function writeWhole(path: string, text: string, mode = 0o644): void {
  const draft = `${path}.${process.pid}.new`
  writeFileSync(draft, text, { mode })
  renameSync(draft, path)
}

export function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
