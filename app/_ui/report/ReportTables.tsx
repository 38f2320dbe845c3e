/** The two tables of a report: labs, the hardest first, and each learner at each lab. Read on a narrow screen by scrolling, and on paper whole. */

import { reportText as text } from '#/app/_text/en/people/report.ts'
import type { LabSummary } from '#/classroom/report/report.ts'
import type { ReportRow } from '#/classroom/report/reports.ts'
import { Link } from '../control/Link.tsx'

const { columns } = text
type Titled<T> = T & { title: string }

export function LabTable({ labs }: { labs: Titled<LabSummary>[] }) {
  return (
    <ReportTable
      label={text.labs}
      heads={[
        ...[columns.lab, columns.passed, columns.diagnosed, columns.medianDiagnosis, columns.medianPass],
        ...[columns.wrongFixes, columns.hints, columns.hard],
      ]}
      rows={labs.map((lab) => ({
        key: lab.lab,
        head: lab.title,
        cells: [
          text.of(lab.passed, lab.learners),
          text.of(lab.diagnosed, lab.learners),
          text.time(lab.medianDiagnosis),
          text.time(lab.medianPass),
          lab.wrongFixes,
          lab.hints,
          <span key="hard" className="report-words">
            {lab.hard.map(({ title, learners }) => text.hard(title, learners)).join('; ') || '–'}
          </span>,
        ],
      }))}
    />
  )
}

interface RowsProps {
  label: string
  rows: Titled<ReportRow>[]
  /** Where the learners' own pages are; without it the rows are one learner's. */
  cohort?: string
}

export function LearnerTable({ label, rows, cohort }: RowsProps) {
  return (
    <ReportTable
      label={label}
      heads={[
        ...(cohort ? [columns.learner] : []),
        ...[columns.lab, columns.diagnosis, columns.pass, columns.checks, columns.wrongFixes],
        ...[columns.hints, columns.best],
      ]}
      rows={rows.map((row) => {
        const lab = row.injected ? `${row.title}, ${text.injected}` : row.title
        return {
          key: `${row.personId} ${row.lab}`,
          head: cohort ? <LearnerLink key="learner" cohort={cohort} row={row} /> : lab,
          cells: [
            ...(cohort
              ? [
                  <span key="lab" className="report-words">
                    {lab}
                  </span>,
                ]
              : []),
            text.time(row.diagnosedAfter),
            text.time(row.passedAfter),
            row.checks,
            row.wrongFixes,
            row.hints,
            text.share(row.share),
          ],
        }
      })}
    />
  )
}

const LearnerLink = ({ cohort, row }: { cohort: string; row: ReportRow }) => (
  <Link href={`/cohorts/${cohort}/report/${row.personId}`} className="link">
    <bdi>{row.name}</bdi>
  </Link>
)

interface TableProps {
  label: string
  heads: string[]
  rows: { key: string; head: React.ReactNode; cells: React.ReactNode[] }[]
}

function ReportTable({ label, heads, rows }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the page is scrolled by keyboard, too
    <section aria-label={label} tabIndex={0} className="report-scroll">
      <table className="report-table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, cells }) => (
            <tr key={key}>
              <th scope="row">{head}</th>
              {cells.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns stay where they are
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
