/** Around the pages of one assignment for who teaches: its cohort, its title, those of its parts that are for this person. */

import type { ReactNode } from 'react'
import type { AssignmentNow } from '#/app/_server/assignment.ts'
import { assignmentText as text } from '#/app/_text/en/people/assignment.ts'
import type { CohortView } from '#/classroom/types.ts'
import { CohortFrame } from '../cohort/CohortFrame.tsx'
import { Link } from '../control/Link.tsx'

export type AssignmentPart = 'edit' | 'extensions' | 'regrade'

interface Props {
  now: Pick<AssignmentNow, 'assignment' | 'cohort'>
  here: AssignmentPart
  children: ReactNode
}

const words: Record<AssignmentPart, string> = {
  edit: text.editTab,
  extensions: text.extensions,
  regrade: text.regrade,
}

const partsFor = ({ may, archivedAt }: CohortView): AssignmentPart[] => [
  ...(may.assign ? (['edit'] as const) : []),
  ...(may.grades ? (['extensions'] as const) : []),
  ...(may.grade && archivedAt === null ? (['regrade'] as const) : []),
]

export const AssignmentFrame = ({ now: { assignment, cohort }, here, children }: Props) => (
  <CohortFrame cohort={cohort} here="assignments">
    <p className="mt-8 text-sm">
      <Link href={`/cohorts/${cohort.id}/assignments`} className="link">
        {text.back}
      </Link>
    </p>
    <h2 className="mt-3 break-words font-serif text-[1.625rem] font-medium leading-tight tracking-[-0.015em]">
      {assignment.title}
    </h2>
    <nav aria-label={text.parts} className="mt-3">
      <ul className="flex flex-wrap gap-x-6 text-sm">
        {partsFor(cohort).map((part) => (
          <li key={part}>
            <Link
              href={`/assignments/${assignment.id}/${part}`}
              aria-current={part === here ? 'page' : undefined}
              className="inline-block py-1 text-muted decoration-amber decoration-2 underline-offset-4 hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline"
            >
              {words[part]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
    {children}
  </CohortFrame>
)
