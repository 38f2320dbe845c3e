/** Around every page of a cohort: its name, what one is in it, its parts. Only the parts that are for this person are there. */

import type { ReactNode } from 'react'
import { cohortText as text } from '#/app/_text/en/people/cohort.ts'
import type { CohortView } from '#/classroom/types.ts'
import { Link } from '../control/Link.tsx'
import { Header } from '../frame/Header.tsx'

export type CohortPart =
  | 'people'
  | 'room'
  | 'look'
  | 'screen'
  | 'report'
  | 'assignments'
  | 'grades'
  | 'roster'
  | 'release'
  | 'settings'
  | 'log'

interface Props {
  cohort: CohortView
  here: CohortPart
  /** Of what is to be seen from the end of a room. */
  wide?: boolean
  children: ReactNode
}

export function CohortFrame({ cohort, here, wide = false, children }: Props) {
  const parts = partsOf(cohort)
  return (
    <>
      <Header
        full={wide}
        where={
          <Link href="/cohorts" className="hover:text-ink hover:underline">
            {text.title}
          </Link>
        }
      />
      <main id="content" className={`mx-auto px-4 pb-24 sm:px-8 ${wide ? '' : 'max-w-[80rem]'}`}>
        <h1 className="pt-10 font-serif text-[2rem] font-[480] leading-[1.1] tracking-[-0.02em] sm:text-[2.5rem]">
          {cohort.name}
        </h1>
        <p className="mt-2 text-sm text-muted">
          {text.you[cohort.role]} <span className="figures">{cohort.timeZone}</span>
          {cohort.people !== null && ` · ${text.people(cohort.people)}`}
        </p>
        {cohort.archivedAt && (
          <p className="mt-4 border-l-2 border-track py-1 pl-4 text-sm">{text.isArchived}</p>
        )}
        {parts.length > 0 && (
          <nav aria-label={text.tabs.label} className="mt-6 border-b border-rule">
            <ul className="flex flex-wrap gap-x-6">
              {parts.map(([part, href]) => (
                <li key={part}>
                  <Link
                    href={`/cohorts/${cohort.id}${href}`}
                    aria-current={part === here ? 'page' : undefined}
                    className="-mb-px block border-b-2 border-transparent py-2 text-sm text-muted hover:text-ink aria-[current=page]:border-ink aria-[current=page]:text-ink"
                  >
                    {text.tabs[part]}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {children}
      </main>
    </>
  )
}

function partsOf({ may, archivedAt }: CohortView): [CohortPart, string][] {
  const parts: [CohortPart, string, boolean][] = [
    ['people', '', may.people],
    ['room', '/room', may.room],
    ['look', '/look', may.look && archivedAt === null],
    ['screen', '/screen', archivedAt === null],
    ['report', '/report', may.report],
    ['assignments', '/assignments', true],
    ['grades', '/gradebook', may.grades],
    ['roster', '/roster', may.enroll],
    ['release', '/release', may.release],
    ['settings', '/settings', may.change],
    ['log', '/log', may.audit],
  ]
  return parts.flatMap(([part, href, allowed]) => (allowed ? [[part, href]] : []))
}
