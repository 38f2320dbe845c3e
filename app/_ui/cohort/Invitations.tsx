/** Links that let people in: made, listed while they are good, taken back. */
import { cohortText } from '#/app/_text/en/people/cohort.ts'
import type { CohortView, OpenInvitationView } from '#/classroom/types.ts'
import { Choice } from '../form/Field.tsx'
import { Deed } from './Deed.tsx'
import { dateIn } from './dates.ts'

const text = cohortText.invite

interface Props {
  cohort: CohortView
  open: OpenInvitationView[]
  /** Whether somebody of the roster has not come in yet. */
  waiting: boolean
}

export const Invitations = ({ cohort, open, waiting }: Props) => (
  <section aria-labelledby="invite">
    <h2 id="invite" className="caps text-muted">
      {text.title}
    </h2>
    <p className="mt-3 max-w-[34rem] text-sm">{text.lead}</p>
    <Deed cohort={cohort.id} deed="invite" word={text.submit} className="mt-4 flex flex-wrap items-end gap-3">
      <Choice label={text.role} name="role" defaultValue="learner" className="w-44">
        {Object.entries(cohortText.roles).map(([role, word]) => (
          <option key={role} value={role}>
            {word}
          </option>
        ))}
      </Choice>
    </Deed>
    {waiting && (
      <div className="mt-5">
        <Deed cohort={cohort.id} deed="links" word={text.all} />
        <p className="mt-1 max-w-[34rem] text-sm text-muted">{text.allNote}</p>
      </div>
    )}
    {open.length > 0 && (
      <>
        <h3 className="mt-6 text-sm font-medium">{text.open}</h3>
        <ul className="mt-1 max-h-80 overflow-y-auto">
          {open.map((one) => (
            <OpenOne key={one.id} cohort={cohort} one={one} />
          ))}
        </ul>
      </>
    )}
  </section>
)

function OpenOne({ cohort, one }: { cohort: CohortView; one: OpenInvitationView }) {
  const whom = one.person ?? text.somebody
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-rule py-2 text-sm">
      <span>
        <bdi>{whom}</bdi>
        <span className="text-muted">
          {` · ${cohortText.roles[one.role]} · ${text.until(dateIn(cohort.timeZone, one.expiresAt))}`}
        </span>
      </span>
      <Deed
        cohort={cohort.id}
        deed="withdraw"
        look="quiet"
        word={text.withdraw}
        label={text.withdrawOf(whom)}
        fields={{ invitation: one.id }}
      />
    </li>
  )
}
