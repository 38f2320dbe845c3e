/** Seats that are reserved, and reserving more. Plain forms. */
import type { ItemTitle } from '#/app/_server/titles.ts'
import { beforeText } from '#/app/_text/en/people/before.ts'
import type { SeatsView } from '#/classroom/room/seats.ts'
import type { CohortView } from '#/classroom/types.ts'
import { Deed } from '../../cohort/Deed.tsx'
import { momentIn } from '../../cohort/dates.ts'
import { Choice, Field } from '../../form/Field.tsx'

const text = beforeText.seats

interface Props {
  cohort: CohortView
  /** Null: the service does not answer. */
  seats: readonly SeatsView[] | null
  labs: readonly ItemTitle[]
  typed: Record<string, string>
}

export function Seats({ cohort, seats, labs, typed }: Props) {
  const titleOf = (lab: string) => labs.find(({ item }) => item === `lab:${lab}`)?.title ?? lab
  return (
    <section aria-labelledby="seats" className="mt-10">
      <h2 id="seats" className="caps text-muted">
        {text.title}
      </h2>
      <p className="mt-3 max-w-[44rem] text-sm">{text.lead}</p>
      {seats === null ? (
        <p className="mt-4 text-sm text-muted">{text.away}</p>
      ) : seats.length === 0 ? (
        <p className="mt-4 text-sm text-muted">{text.none}</p>
      ) : (
        <ul className="mt-4 border-t border-rule">
          {seats.map((one) => (
            <li
              key={one.id}
              className="flex flex-wrap items-center gap-x-6 gap-y-1 border-b border-rule py-2"
            >
              <div className="min-w-0 flex-1">
                <p className="font-medium">{text.line(one.seats, titleOf(one.lab))}</p>
                <p className="figures text-sm text-muted">
                  {text.when(
                    one.warmBy ? momentIn(cohort.timeZone, one.warmBy) : null,
                    momentIn(cohort.timeZone, one.until),
                  )}
                  {' · '}
                  {text.state(one.taken, one.ready)}
                </p>
              </div>
              <Deed
                cohort={cohort.id}
                deed="cancel-seats"
                look="quiet"
                word={text.cancel}
                label={text.cancelOf(titleOf(one.lab))}
                fields={{ reservation: one.id }}
              />
            </li>
          ))}
        </ul>
      )}
      {cohort.archivedAt === null && (
        <Deed
          cohort={cohort.id}
          deed="reserve-seats"
          word={text.submit}
          className="mt-6 max-w-[44rem] space-y-4"
        >
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-[minmax(0,1fr)_7rem]">
            <Choice label={text.lab} name="lab" defaultValue={typed.lab}>
              {labs.map(({ item, title }) => (
                <option key={item} value={item.slice(4)}>
                  {title}
                </option>
              ))}
            </Choice>
            <Field
              label={text.count}
              name="seats"
              type="number"
              min={1}
              max={500}
              defaultValue={typed.seats}
              required
            />
          </div>
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
            <Field
              label={text.from}
              hint={text.fromHint(cohort.timeZone)}
              name="from"
              type="datetime-local"
              defaultValue={typed.from}
            />
            <Field
              label={text.until}
              name="until"
              type="datetime-local"
              defaultValue={typed.until}
              required
            />
          </div>
        </Deed>
      )}
    </section>
  )
}
