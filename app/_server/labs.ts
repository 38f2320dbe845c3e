/**
 * The labs as learners may see them: what they are about, the ticket, the hints. Everything else in a lab's folder (checks, fixes, variants)
 * stays behind this file, which runs on the server only.
 */
import 'server-only'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { courseRoot } from '#/content/files.ts'
import { type Hint, readTexts } from '#/labs/folder.ts'
import type { LabMeta } from '#/labs/schema.ts'

export interface LabPage {
  meta: LabMeta
  /** Markdown. */
  ticket: string
  hints: Hint[]
}

export async function labList(): Promise<LabMeta[]> {
  const root = labsFolder()
  const names = await readdir(root)
  const ids = names
    .filter((name) => existsSync(join(/* turbopackIgnore: true */ root, name, 'lab.ts')))
    .sort()
  return Promise.all(ids.map(labMeta))
}

/** Null when there is no such lab. */
export async function labPage(id: string): Promise<LabPage | null> {
  const meta = (await labList()).find((lab) => lab.id === id)
  if (!meta) return null
  const { texts } = await readTexts(join(/* turbopackIgnore: true */ labsFolder(), id))
  return { meta, ticket: texts.ticket, hints: texts.hints }
}

const labsFolder = (): string => join(courseRoot(), 'labs')

/** The bundler sees every labs/<id>/lab.ts, so that they are compiled with the app. */
async function labMeta(id: string): Promise<LabMeta> {
  const { default: lab } = (await import(`../../labs/${id}/lab.ts`)) as { default: { meta: LabMeta } }
  return lab.meta
}
