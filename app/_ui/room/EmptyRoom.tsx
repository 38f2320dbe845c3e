/** A wall without learners: how they come. */

import { roomText } from '#/app/_text/en/people/room.ts'
import { Link } from '../control/Link.tsx'

const text = roomText.empty

interface Props {
  cohort: string
  /** Whether the ways are for whoever reads it. */
  mayEnroll: boolean
}

export const EmptyRoom = ({ cohort, mayEnroll }: Props) => (
  <div className="mt-4 max-w-[34rem] border-l-2 border-track py-1 pl-4">
    <p className="font-medium">{text.title}</p>
    <p className="mt-1 text-sm text-muted">{mayEnroll ? text.text : text.wait}</p>
    {mayEnroll && (
      <p className="mt-2 flex flex-wrap gap-x-5 text-sm">
        <Link href={`/cohorts/${cohort}/roster`} className="link">
          {text.roster}
        </Link>
        <Link href={`/cohorts/${cohort}/settings`} className="link">
          {text.code}
        </Link>
      </p>
    )}
  </div>
)
