/** What one learner of a cohort did at each lab. */
import type { Metadata } from 'next'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow, orNotFound } from '#/app/_server/cohort.ts'
import { labTitles } from '#/app/_server/titles.ts'
import { reportText as text } from '#/app/_text/en/people/report.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { Link } from '#/app/_ui/control/Link.tsx'
import { PrintButton } from '#/app/_ui/form/PrintButton.tsx'
import { LearnerTable } from '#/app/_ui/report/ReportTables.tsx'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string; person: string }>
}

export default async function LearnerReport({ params }: Props) {
  const { id, person: learner } = await params
  const { person, cohort } = await cohortNow(id)
  const [{ name, rows }, title] = await Promise.all([
    orNotFound((await classroom()).learnerReport(person, cohort.id, learner)),
    labTitles(),
  ])
  return (
    <div className="report-page">
      <CohortFrame cohort={cohort} here="report">
        <h2 className="mt-8 font-serif text-xl">
          <bdi>{name}</bdi>
        </h2>
        <div className="report-actions mt-3 mb-6 flex flex-wrap items-center gap-4">
          <Link href={`/cohorts/${cohort.id}/report`} className="link text-sm">
            {text.back}
          </Link>
          <PrintButton word={text.print} />
        </div>
        {rows.length === 0 ? (
          <p className="text-muted">{text.empty}</p>
        ) : (
          <LearnerTable
            label={text.rowsOf(name)}
            rows={rows.map((row) => ({ ...row, title: title(row.lab) }))}
          />
        )}
      </CohortFrame>
    </div>
  )
}
