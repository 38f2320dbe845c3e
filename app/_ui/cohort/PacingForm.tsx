/** How things become visible in a cohort: one of three. */
import { releaseText as text } from '#/app/_text/en/people/release.ts'
import type { CohortView, Pacing } from '#/classroom/types.ts'
import { Deed } from './Deed.tsx'

export const PacingForm = ({ cohort }: { cohort: CohortView }) => (
  <Deed cohort={cohort.id} deed="pacing" word={text.save} className="mt-8">
    <fieldset className="mb-5 space-y-3">
      <legend className="caps mb-3 text-muted">{text.pacing}</legend>
      {(Object.keys(text.kinds) as Pacing[]).map((kind) => (
        <label key={kind} className="flex items-baseline gap-3">
          <input type="radio" name="pacing" value={kind} defaultChecked={cohort.pacing === kind} />
          <span>
            <span className="font-medium">{text.kinds[kind][0]}</span>
            <span className="block text-sm text-muted">{text.kinds[kind][1]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  </Deed>
)
