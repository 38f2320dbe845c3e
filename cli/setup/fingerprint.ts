/**
 * One hash for everything that a step's result depends on: files, folders, words. Knows no step.
 */
import { createHash } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface Inputs {
  root: string
  /** Files and folders below root; one that is not there counts as absent. */
  paths: string[]
  words?: string[]
  skip?: (path: string) => boolean
}

export function fingerprint({ root, paths, words = [], skip = () => false }: Inputs): string {
  const hash = createHash('sha256').update(JSON.stringify(words))
  for (const path of paths.flatMap((one) => filesOf(root, one, skip)).sort()) {
    const content = createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex')
    hash.update(`\n${path}\0${content}`)
  }
  return hash.digest('hex')
}

function filesOf(root: string, path: string, skip: (path: string) => boolean): string[] {
  const stat = statSync(join(root, path), { throwIfNoEntry: false })
  if (!stat || skip(path)) return []
  if (stat.isFile()) return [path]
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry: Dirent) => entry.isFile() || entry.isDirectory())
    .flatMap((entry) => filesOf(root, `${path}/${entry.name}`, skip))
}
