/** A stage's sign with its live level; decoration, its figures stand beside it. */
import type { StageId } from '#/labs/stages.ts'
import { glyphs } from '../path/glyphs.tsx'
import { levelTop, vessels } from './layout.ts'

interface Props {
  stage: StageId
  share: number | null
  full: boolean
}

export function StageSign({ stage, share, full }: Props) {
  const vessel = vessels[stage]
  const top = vessel && levelTop(vessel, share ?? 0)
  return (
    <svg aria-hidden="true" viewBox="0 0 48 48" className="glyph">
      {vessel && top !== undefined && (
        <rect
          x={vessel.x}
          y={top}
          width={vessel.width}
          height={vessel.floor - top}
          className="live-level"
          data-full={full || undefined}
        />
      )}
      {vessel?.aside && (
        <path
          d={`M${vessel.x} ${vessel.rim}V${vessel.floor}H${vessel.x + vessel.width}V${vessel.rim}M${vessel.x - 2} ${vessel.limit}H${vessel.x + vessel.width + 2}`}
          className="hair"
        />
      )}
      {glyphs[stage]}
    </svg>
  )
}
