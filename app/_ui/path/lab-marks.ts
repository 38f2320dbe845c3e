/** The sign and the tone of how far somebody is with a lab; the word stands beside it. */
import { ShapeLive, ShapeNone, ShapeOpen, ShapePass } from '../control/Shape.tsx'

export const labMarks = {
  closed: { Shape: ShapeNone, tone: 'text-muted' },
  open: { Shape: ShapeOpen, tone: 'text-muted' },
  running: { Shape: ShapeLive, tone: 'text-amber-text' },
  passed: { Shape: ShapePass, tone: 'text-green' },
}
