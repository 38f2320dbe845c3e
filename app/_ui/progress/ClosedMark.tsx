/** That something is not open for this person yet, in a few words. */
import { closedText } from '#/app/_text/en/people/release.ts'
import type { Openness } from '#/classroom/release.ts'
import { dateIn } from '../cohort/dates.ts'
import { ShapeNone } from '../control/Shape.tsx'

export const ClosedMark = ({ closed }: { closed: Extract<Openness, { open: false }> }) => (
  <span className="inline-flex items-baseline gap-1.5">
    <ShapeNone className="translate-y-px" />
    {words(closed)}
  </span>
)

function words({ until, timeZone, missing }: Extract<Openness, { open: false }>): string {
  const text = closedText.short
  if (until) return text.until(dateIn(timeZone, until.toISOString()))
  return missing.length > 0 ? text.missing(missing.length) : text.byHand
}
