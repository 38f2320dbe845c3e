/** How far somebody is with something, as a shape and a word. */
import { workText as text } from '#/app/_text/en/people/work.ts'
import type { MyLab } from '#/classroom/assignments/mine.ts'
import { ShapeFail, ShapeFull, ShapeLive, ShapeNone, ShapeOpen, ShapePart } from '../control/Shape.tsx'

export type ShownState = MyLab['state']

/** Handed in is not passed, and an outage is not failed: none of them has the sign of a verdict, or its colour. */
export const stateMarks: Record<ShownState, { Shape: typeof ShapeFull; tone: string }> = {
  not_started: { Shape: ShapeNone, tone: 'text-muted' },
  running: { Shape: ShapeLive, tone: 'text-muted' },
  submitted: { Shape: ShapeFull, tone: 'text-ink' },
  late: { Shape: ShapePart, tone: 'text-ink' },
  excused: { Shape: ShapeOpen, tone: 'text-muted' },
  error: { Shape: ShapeFail, tone: 'text-amber-text' },
}

export function GradeState({ state, word }: { state: ShownState; word?: string }) {
  const { Shape, tone } = stateMarks[state]
  return (
    <span className={`inline-flex items-baseline gap-2 ${tone}`}>
      <Shape className="translate-y-px" />
      {word ?? text.states[state]}
    </span>
  )
}
