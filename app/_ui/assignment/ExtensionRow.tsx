/** What one learner was given and why; for who may give, the way to change it and to take it back. */

import { assignmentText } from '#/app/_text/en/people/assignment.ts'
import type { ExtensionInput } from '#/classroom/assignments/assignments.ts'
import { Link } from '../control/Link.tsx'
import { AssignmentDeed } from './AssignmentDeed.tsx'

const text = assignmentText.extension

interface Props {
  assignment: string
  one: ExtensionInput & { personId: string }
  name: string
  mayGive: boolean
}

export const ExtensionRow = ({ assignment, one, name, mayGive }: Props) => (
  <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-rule py-2 text-sm">
    <div className="min-w-0">
      <p className="break-words">
        {mayGive ? (
          <Link href={`?person=${one.personId}`} className="link font-medium">
            <bdi>{name}</bdi>
          </Link>
        ) : (
          <bdi className="font-medium">{name}</bdi>
        )}{' '}
        <span className="figures text-muted">{wordsOf(one).join(', ')}</span>
      </p>
      <p className="break-words text-muted">
        <bdi>{one.reason}</bdi>
      </p>
    </div>
    {mayGive && (
      <AssignmentDeed
        assignment={assignment}
        deed="take"
        look="quiet"
        word={text.take}
        label={text.takeOf(name)}
        fields={{ person: one.personId }}
      />
    )}
  </li>
)

const wordsOf = ({ excused, dueAt, lateDueAt, extraMinutes, extraAttempts }: ExtensionInput): string[] => [
  ...(excused ? [text.isExcused] : []),
  ...(dueAt ? [text.later(clockOf(dueAt))] : []),
  ...(lateDueAt ? [assignmentText.lateUntil(clockOf(lateDueAt))] : []),
  ...(extraMinutes > 0 ? [text.minutes(extraMinutes)] : []),
  ...(extraAttempts > 0 ? [text.attempts(extraAttempts)] : []),
]

/** A clock of the cohort's, as it was typed. */
const clockOf = (local: string): string => local.replace('T', ', ')
