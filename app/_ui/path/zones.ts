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
