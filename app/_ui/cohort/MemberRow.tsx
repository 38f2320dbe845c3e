/** Somebody in a cohort; what can be done about them is folded away behind one word. */
import { cohortText } from '#/app/_text/en/people/cohort.ts'
import type { CohortView, MemberView } from '#/classroom/types.ts'
import { Choice } from '../form/Field.tsx'
import { Deed } from './Deed.tsx'
import { dateIn } from './dates.ts'

const text = cohortText.member

interface Props {
  cohort: CohortView
  member: MemberView
}

export function MemberRow({ cohort, member }: Props) {
  const live = cohort.archivedAt === null
  return (
    <li className="grid gap-x-8 gap-y-1 border-b border-rule py-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_minmax(0,3fr)]">
      <p className="min-w-0 break-words font-medium">
        <bdi>{member.name}</bdi>
      </p>
      <p className="min-w-0 break-words text-sm text-muted">
        <bdi>{member.login ?? text.noLogin}</bdi>
      </p>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 text-sm text-muted">
        <p>
          {cohortText.roles[member.role]}
          {!member.ready &&
            ` · ${member.invitedUntil ? text.invited(dateIn(cohort.timeZone, member.invitedUntil)) : text.waiting}`}
        </p>
        {live && (cohort.may.enroll || member.mayReset) && <Change cohort={cohort} member={member} />}
      </div>
    </li>
  )
}

const Change = ({ cohort, member }: Props) => (
  <details className="open:basis-full">
    <summary className="link inline-block" aria-label={text.changeOf(member.name)}>
      {text.change}
    </summary>
    <div className="mt-3 space-y-4 border-l border-rule pb-2 pl-4">
      {cohort.may.enroll && (
        <Deed
          cohort={cohort.id}
          deed="role"
          word={text.saveRole}
          fields={{ person: member.id }}
          className="flex flex-wrap items-end gap-3"
        >
          <Choice label={text.role} name="role" defaultValue={member.role} className="w-44">
            {Object.entries(cohortText.roles).map(([role, word]) => (
              <option key={role} value={role}>
                {word}
              </option>
            ))}
          </Choice>
        </Deed>
      )}
      {member.mayReset && (
        <Deed cohort={cohort.id} deed="reset" word={text.reset} fields={{ person: member.id }} />
      )}
      {cohort.may.enroll && (
        <div>
          <Deed
            cohort={cohort.id}
            deed="remove"
            look="danger"
            word={text.remove}
            fields={{ person: member.id }}
          />
          <p className="mt-1 max-w-[24rem]">{text.removeNote}</p>
        </div>
      )}
    </div>
  </details>
)
