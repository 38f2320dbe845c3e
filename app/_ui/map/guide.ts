/** What the course has for each stage: the commands of the pocket and the chapters, as the panel of a stage lists them. Pure. */
import type { PocketCommand } from '#/content/pocket-schema.ts'
import type { ChapterMeta } from '#/content/schema.ts'
import { type StageId, stages } from '#/labs/stages.ts'
import { focusOf } from '../path/zones.ts'

export interface StageGuide {
  stage: StageId
  commands: { line: string; asks: string }[]
  chapters: { slug: string; label: string }[]
}

export function guideOf(
  pocket: readonly Pick<PocketCommand, 'stage' | 'line' | 'asks'>[],
  chapters: readonly Pick<ChapterMeta, 'slug' | 'number' | 'title' | 'stages'>[],
  label: (number: number, title: string) => string,
): StageGuide[] {
  return stages.map(({ id }) => ({
    stage: id,
    commands: pocket.filter(({ stage }) => stage === id).map(({ line, asks }) => ({ line, asks })),
    chapters: chapters
      .filter((chapter) => focusOf(chapter.stages).includes(id))
      .map(({ slug, number, title }) => ({ slug, label: label(number, title) })),
  }))
}
