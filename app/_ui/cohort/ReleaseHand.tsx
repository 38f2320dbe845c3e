/** Every chapter and lab with a button that opens or closes it. */
import type { ItemTitle } from '#/app/_server/titles.ts'
import { releaseText as text } from '#/app/_text/en/people/release.ts'
import type { CohortView, ReleaseView } from '#/classroom/types.ts'
import { ShapeNone, ShapePass } from '../control/Shape.tsx'
import { Deed } from './Deed.tsx'
import { momentIn } from './dates.ts'

interface Props {
  cohort: CohortView
  items: ItemTitle[]
  releases: ReleaseView[]
}

export const ReleaseHand = ({ cohort, items, releases }: Props) => (
  <section aria-labelledby="hand" className="mt-12">
    <h2 id="hand" className="caps text-muted">
      {text.hand}
    </h2>
    <p className="mt-3 max-w-[44rem] text-sm">{text.handLead}</p>
    <ul className="mt-4 border-t border-rule">
      {items.map((one) => (
        <Line
          key={one.item}
          cohort={cohort}
          one={one}
          rule={releases.find(({ item }) => item === one.item)}
        />
      ))}
    </ul>
  </section>
)

interface LineProps {
  cohort: CohortView
  one: ItemTitle
  rule: ReleaseView | undefined
}

function Line({ cohort, one: { item, title, kind }, rule }: LineProps) {
  const since = rule?.openedAt ?? null
  const closedWord = kind === 'lab' && !rule ? text.goesWith : text.isClosed
  return (
    <li
      className={`grid items-center gap-x-8 gap-y-1 border-b border-rule py-1.5 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_6rem] ${kind === 'lab' ? 'sm:pl-6' : ''}`}
    >
      <p className={kind === 'chapter' ? 'font-medium' : ''}>
        {kind === 'lab' && <span className="caps mr-2 text-muted">{text.lab}</span>}
        {title}
      </p>
      <p className={`flex items-baseline gap-2 text-sm ${since ? '' : 'text-muted'}`}>
        {since ? (
          <ShapePass className="translate-y-px text-green" />
        ) : (
          <ShapeNone className="translate-y-px" />
        )}
        {since ? text.isOpen(momentIn(cohort.timeZone, since)) : closedWord}
      </p>
      {cohort.archivedAt === null && (
        <Deed
          cohort={cohort.id}
          deed="open"
          look="quiet"
          word={since ? text.closeIt : text.openIt}
          label={since ? text.closeOf(title) : text.openOf(title)}
          fields={{ item, open: since ? 'no' : 'yes' }}
        />
      )}
    </li>
  )
}
