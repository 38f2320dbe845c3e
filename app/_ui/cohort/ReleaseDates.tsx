/** Dates and prerequisites of every chapter and lab, saved together. */
import type { ItemTitle } from '#/app/_server/titles.ts'
import { releaseText as text } from '#/app/_text/en/people/release.ts'
import type { CohortView, ReleaseView } from '#/classroom/types.ts'
import { Deed } from './Deed.tsx'

interface Props {
  cohort: CohortView
  items: ItemTitle[]
  releases: ReleaseView[]
}

export const ReleaseDates = ({ cohort, items, releases }: Props) => (
  <section aria-labelledby="dates" className="mt-12">
    <h2 id="dates" className="caps text-muted">
      {text.dates}
    </h2>
    <p className="mt-3 max-w-[44rem] text-sm">{text.datesLead(cohort.timeZone)}</p>
    <Deed cohort={cohort.id} deed="dates" word={text.save} look="primary" className="mt-4">
      <ul className="mb-5 border-t border-rule">
        {items.map((one) => (
          <Line
            key={one.item}
            one={one}
            items={items}
            rule={releases.find(({ item }) => item === one.item)}
          />
        ))}
      </ul>
    </Deed>
  </section>
)

interface LineProps {
  one: ItemTitle
  items: ItemTitle[]
  rule: ReleaseView | undefined
}

const Line = ({ one: { item, title, kind }, items, rule }: LineProps) => (
  <li
    className={`grid items-baseline gap-x-8 gap-y-1 border-b border-rule py-2.5 sm:grid-cols-[minmax(0,3fr)_14rem_minmax(0,3fr)]`}
  >
    <input type="hidden" name="item" value={item} />
    <p className={kind === 'chapter' ? 'font-medium' : 'sm:pl-6'}>
      {kind === 'lab' && <span className="caps mr-2 text-muted">{text.lab}</span>}
      {title}
    </p>
    <label className="text-sm">
      <span className="sr-only">{text.opens(title)}</span>
      <input
        type="datetime-local"
        name={`at ${item}`}
        defaultValue={rule?.releaseAt ?? ''}
        className="figures min-h-9 coarse:min-h-11 w-full rounded-[3px] border border-track bg-paper px-2 hover:border-ink"
      />
    </label>
    <details className="text-sm">
      <summary className="link inline-block text-muted">{text.requires(rule?.requires.length ?? 0)}</summary>
      <fieldset className="mt-2 max-h-64 space-y-1 overflow-y-auto border-l border-rule pl-3">
        <legend className="sr-only">{text.requiresOf(title)}</legend>
        {items
          .filter((other) => other.item !== item)
          .map((other) => (
            <label key={other.item} className="flex items-baseline gap-2">
              <input
                type="checkbox"
                name={`requires ${item}`}
                value={other.item}
                defaultChecked={rule?.requires.includes(other.item)}
              />
              <span>
                {other.kind === 'lab' && <span className="caps mr-1.5 text-muted">{text.lab}</span>}
                {other.title}
              </span>
            </label>
          ))}
      </fieldset>
    </details>
  </li>
)
