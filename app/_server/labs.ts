/**
 * The labs: what they are about, and the texts of one. Runs on the server only; which of the texts a person may see is said in lab-page.ts.
 */
import 'server-only'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { courseRoot } from '#/content/files.ts'
import { type LabTexts, readTexts } from '#/labs/folder.ts'
import { playgroundId } from '#/labs/playground/id.ts'
import type { Lab, LabMeta, Question } from '#/labs/schema.ts'

let built: Promise<LabMeta[]> | null = null

/** Labs are compiled with the app, so a build knows all that it will ever have; while one is written there may be another at each request. */
export function labList(): Promise<LabMeta[]> {
  if (process.env.NODE_ENV !== 'production') return readLabs()
  built ??= readLabs().catch((error) => {
    built = null
    throw error
  })
  return built
}

async function readLabs(): Promise<LabMeta[]> {
  const root = labsFolder()
  const names = await readdir(root)
  const ids = names
    .filter((name) => existsSync(join(/* turbopackIgnore: true */ root, name, 'lab.ts')))
    .sort()
  return Promise.all(ids.map(async (id) => (await labOf(id)).meta))
}

/** All of a lab's hints and its debrief, whoever may see them; null when there is no such lab. */
export async function labTexts(id: string): Promise<LabTexts | null> {
  const known = (await labList()).some((lab) => lab.id === id)
  return known ? (await readTexts(join(/* turbopackIgnore: true */ labsFolder(), id))).texts : null
}

/** What a lab asks instead of a diagnosis. @param id of a lab that exists */
export const labQuestions = async (id: string): Promise<Question[] | null> =>
  (await labOf(id)).questions ?? null

/** What stands beside the playground's terminal. Markdown. */
export const playgroundGuide = (): Promise<string> =>
  readFile(join(/* turbopackIgnore: true */ labsFolder(), playgroundId, 'guide.md'), 'utf8')

const labsFolder = (): string => join(courseRoot(), 'labs')

/** The bundler sees every labs/<id>/lab.ts, so that they are compiled with the app. */
export const labOf = async (id: string): Promise<Lab> =>
  ((await import(`../../labs/${id}/lab.ts`)) as { default: Lab }).default
