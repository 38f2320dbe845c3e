/** The sign of a stage at any size; decoration, its name stands beside it. */
import type { StageId } from '#/labs/stages.ts'
import { glyphs } from './glyphs.tsx'

export function Glyph({ stage, className = '' }: { stage: StageId; className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 48 48" className={`glyph ${className}`}>
      {glyphs[stage]}
    </svg>
  )
}
