/** Works, does not, not tried: a shape and its word. */
import { beforeText } from '#/app/_text/en/people/before.ts'
import type { DeviceResults } from '#/classroom/room/device-checks.ts'
import { ShapeFail, ShapeNone, ShapePass } from '../../control/Shape.tsx'

type Outcome = DeviceResults['browser']

const shapes = {
  pass: <ShapePass className="text-green" />,
  fail: <ShapeFail className="text-red" />,
  open: <ShapeNone className="text-muted" />,
}

/** @param short in a table, where the word is for who sees no shape */
export const OutcomeSign = ({ outcome, short = false }: { outcome: Outcome; short?: boolean }) => (
  <span className="inline-flex items-center gap-2">
    {shapes[outcome]}
    <span className={short && outcome === 'pass' ? 'sr-only' : ''}>{beforeText.outcome[outcome]}</span>
  </span>
)
