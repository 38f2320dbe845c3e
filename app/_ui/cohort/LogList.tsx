/** Entries of the audit log, the newest first, and the way to older ones. */

import { logText as text } from '#/app/_text/en/people/log.ts'
import { type AuditView, auditPageSize } from '#/classroom/audit.ts'
import { Link } from '../control/Link.tsx'
import { momentIn } from './dates.ts'

interface Props {
  entries: AuditView[]
  timeZone: string
  /** Of the page it stands on. */
  href: string
  /** Where entries of several cohorts stand together. */
  withCohort?: boolean
}

export function LogList({ entries, timeZone, href, withCohort = false }: Props) {
  if (entries.length === 0) return <p className="mt-8 text-muted">{text.empty}</p>
  const last = entries.at(-1)
  return (
    <>
      <ol className="mt-6 border-t border-rule">
        {entries.map((entry) => (
          <li
            key={entry.id}
            className="grid gap-x-8 border-b border-rule py-2 text-sm sm:grid-cols-[13rem_minmax(0,1fr)]"
          >
            <time dateTime={entry.at} className="figures text-muted">
              {momentIn(timeZone, entry.at)}
            </time>
            <p className="min-w-0 break-words">
              <span className="font-medium">
                <bdi>{entry.actor ?? text.deleted}</bdi>
              </span>{' '}
              <bdi>{text.sentence(entry)}</bdi>
              {withCohort && entry.cohort && <span className="text-muted"> · {entry.cohort.name}</span>}
            </p>
          </li>
        ))}
      </ol>
      {entries.length === auditPageSize && (
        <Link href={`${href}?before=${last?.id}`} className="link mt-4 inline-block text-sm">
          {text.older}
        </Link>
      )}
    </>
  )
}
