/** What a class did at its labs: what it found hard, and each learner. On paper and as CSV, too. */
import type { Metadata } from 'next'
import { classroom } from '#/app/_server/classroom.ts'
import { cohortNow, orNotFound } from '#/app/_server/cohort.ts'
import { labTitles } from '#/app/_server/titles.ts'
import { reportText as text } from '#/app/_text/en/people/report.ts'
import { CohortFrame } from '#/app/_ui/cohort/CohortFrame.tsx'
import { buttonClass } from '#/app/_ui/control/Button.tsx'
import { PrintButton } from '#/app/_ui/form/PrintButton.tsx'
import { LabTable, LearnerTable } from '#/app/_ui/report/ReportTables.tsx'

export const metadata: Metadata = { title: text.title }

interface Props {
  params: Promise<{ id: string }>
}

export default async function Report({ params }: Props) {
  const { person, cohort } = await cohortNow((await params).id)
  const [{ labs, rows }, title] = await Promise.all([
    orNotFound((await classroom()).report(person, cohort.id)),
    labTitles(),
  ])
  const titled = <T extends { lab: string }>(all: T[]) =>
    all.map((one) => ({ ...one, title: title(one.lab) }))
  return (
    <div className="report-page">
      <CohortFrame cohort={cohort} here="report">
        <p className="mt-8 max-w-[44rem] text-sm text-muted">{text.lead}</p>
        {rows.length === 0 ? (
          <p className="mt-8 text-muted">{text.empty}</p>
        ) : (
          <>
            <div className="report-actions mt-4 flex flex-wrap gap-3">
              <a href={`/api/cohorts/${cohort.id}/report`} download className={buttonClass('plain')}>
                {text.csv}
              </a>
              <PrintButton word={text.print} />
            </div>
            <h2 className="mt-10 font-serif text-xl">{text.labs}</h2>
            <p className="mt-1 mb-4 text-sm text-muted">{text.labsLead}</p>
            <LabTable labs={titled(labs)} />
            <h2 className="mt-12 mb-4 font-serif text-xl">{text.rows}</h2>
            <LearnerTable label={text.rows} rows={titled(rows)} cohort={cohort.id} />
            <ul className="mt-6 max-w-[44rem] space-y-1 text-sm text-muted">
              {text.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </>
        )}
      </CohortFrame>
    </div>
  )
}
