/** An attempt whose machine is gone, or could not be checked: what its last check said can be handed in. */
import { workText } from '#/app/_text/en/people/work.ts'
import type { MyLab } from '#/classroom/assignments/mine.ts'
import { momentIn } from '../cohort/dates.ts'
import { AssignmentDeed } from './AssignmentDeed.tsx'
import { Here } from './Here.tsx'

const text = workText.lastCheck

interface Props {
  assignment: string
  title: string
  timeZone: string
  check: NonNullable<MyLab['lastCheck']>
}

export const LastCheck = ({ assignment, title, timeZone, check }: Props) => (
  <div className="mt-4 max-w-[44rem] border-l-2 border-track py-1 pl-4 text-sm">
    <p className="figures">
      {text.said(check.passed, momentIn(timeZone, check.at), timeZone)}
      <Here moment={check.at} timeZone={timeZone} />
    </p>
    <p className="mb-3 mt-1 text-muted">{text.counts}</p>
    <AssignmentDeed
      assignment={assignment}
      deed="last-check"
      word={text.handIn}
      label={text.handInOf(title)}
      fields={{ attempt: check.attempt }}
    />
  </div>
)
