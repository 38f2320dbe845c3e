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

export function ReleaseHand({ cohort, items, releases }: Props) {
  const ruleOf = (item: string) => releases.find((rule) => rule.item === item)
  return (
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
            rule={ruleOf(one.item)}
            chapter={one.chapter === null ? undefined : ruleOf(one.chapter)}
          />
        ))}
      </ul>
    </section>
  )
}

interface LineProps {
  cohort: CohortView
  one: ItemTitle
  rule: ReleaseView | undefined
  /** What is said of a lab's chapter. */
  chapter: ReleaseView | undefined
}

function Line({ cohort, one: { item, title, kind }, rule, chapter }: LineProps) {
  const since = rule?.openedAt ?? null
  const isFollowing = kind === 'lab' && !rule
  const isOpen = since !== null || (isFollowing && chapter?.openedAt != null)
  return (
    <li
      className={`grid items-center gap-x-8 gap-y-1 border-b border-rule py-1.5 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_6rem]`}
    >
      <p className={kind === 'chapter' ? 'font-medium' : 'sm:pl-6'}>
        {kind === 'lab' && <span className="caps mr-2 text-muted">{text.lab}</span>}
        {title}
      </p>
      <p className={`flex items-baseline gap-2 text-sm ${isOpen ? '' : 'text-muted'}`}>
        {isOpen ? (
          <ShapePass className="translate-y-px text-green" />
        ) : (
          <ShapeNone className="translate-y-px" />
        )}
        {stateWords(cohort, since, isFollowing, isOpen)}
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

function stateWords(
  { timeZone }: CohortView,
  since: string | null,
  isFollowing: boolean,
  isOpen: boolean,
): string {
  if (since !== null) return text.isOpen(momentIn(timeZone, since))
  if (isFollowing) return isOpen ? text.goesWith.open : text.goesWith.closed
  return text.isClosed
}
