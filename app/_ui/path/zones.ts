/** Whose hands the packet is in at each stage, and which chapter belongs where on the path. Knows no drawing. */
import { type StageId, stages } from '../../../labs/stages.ts'

export type Zone = 'card' | 'kernel' | 'process'

export function zoneOf(stage: StageId): Zone {
  if (stage === 'wire' || stage === 'ring') return 'card'
  return stage === 'puma' || stage === 'app' ? 'process' : 'kernel'
}

/** What a chapter is about, as the line shows it: a chapter about the whole path marks no stage more than the others. */
export const focusOf = (chapterStages: readonly StageId[]): readonly StageId[] =>
  chapterStages.length > stages.length / 2 ? [] : chapterStages

/**
 * Where a chapter stands on the line: at the stage that it names first. One about the whole path stands where the path begins if it opens the course,
 * else behind its end.
 */
export const homeOf = ({
  stages: mine,
  number,
}: {
  stages: readonly StageId[]
  number: number
}): StageId | 'behind' => focusOf(mine)[0] ?? (number === 0 ? 'wire' : 'behind')
