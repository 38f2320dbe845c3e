/** Whose hands the packet is in at each stage. Knows no drawing. */
import type { StageId } from '#/labs/stages.ts'

export type Zone = 'card' | 'kernel' | 'process'

export function zoneOf(stage: StageId): Zone {
  if (stage === 'wire' || stage === 'ring') return 'card'
  return stage === 'puma' || stage === 'app' ? 'process' : 'kernel'
}
