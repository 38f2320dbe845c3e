/** Something that was handed in: when, whether it counts, how its worth came about, its verdict, or why there is none. */
import { workText } from '#/app/_text/en/people/work.ts'
import type { MySubmission as Mine } from '#/classroom/assignments/mine.ts'
import { momentIn } from '../cohort/dates.ts'
import { ProblemNote } from '../control/ProblemNote.tsx'
import { Protocol } from '../workbench/Verdict.tsx'
import { Here } from './Here.tsx'

const text = workText.handed

export function MySubmission({ submission, timeZone }: { submission: Mine; timeZone: string }) {
  const { submittedAt, automatic, nothing, counts, state, problem, judgement, earned } = submission
  return (
    <div className={`border-l-2 py-1 pl-4 ${counts && earned ? 'border-amber' : 'border-track'}`}>
      <p className="text-sm">
        {nothing ? (
          <span className="font-medium">{text.nothing}</span>
        ) : (
          <time dateTime={submittedAt} className="figures font-medium">
            {text.at(momentIn(timeZone, submittedAt), timeZone)}
          </time>
        )}
        <span className="text-muted">
          {[automatic ? text.automatic : '', counts && earned ? text.counts : '']
            .filter(Boolean)
            .map((word) => ` · ${word}`)
            .join('')}
        </span>
        {!nothing && <Here moment={submittedAt} timeZone={timeZone} />}
      </p>
      {state === 'due' && <p className="mt-2 text-sm">{text.due}</p>}
      {problem && !nothing && <ProblemNote problem={problem} className="mt-3" />}
      {state === 'error' && !earned && <p className="mt-2 text-sm font-medium">{text.free}</p>}
      {earned && <HowItCame submission={submission} />}
      {judgement?.cause === 'override' && judgement.reason && (
        <p className="mt-2 max-w-[44rem] whitespace-pre-line break-words text-sm">
          <span className="text-muted">{text.override}: </span>
          <bdi>{judgement.reason}</bdi>
        </p>
      )}
      {judgement?.cause === 'regrade' && <p className="mt-2 text-sm text-muted">{text.regrade}</p>}
      {judgement?.verdict && (
        <details className="mt-3">
          <summary className="link inline-block text-sm">{text.criteria}</summary>
          <div className="max-w-[48rem]">
            <Protocol verdict={judgement.verdict} />
          </div>
        </details>
      )}
    </div>
  )
}

/** A sum, as on a bill: what was judged, what is taken off, what is left. */
function HowItCame({ submission: { earned, hints } }: { submission: Mine }) {
  if (!earned) return null
  const { share } = workText
  const rows: [string, string][] = [
    [earned.overridden ? text.override : text.judged, share(earned.judged)],
    ...(earned.hints > 0 ? [[text.hints(hints), `−${share(earned.hints)}`] as [string, string]] : []),
    ...(earned.late > 0 ? [[text.late, `−${share(earned.late)}`] as [string, string]] : []),
  ]
  return (
    <table className="figures mt-3 text-sm">
      <caption className="sr-only">{text.how}</caption>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row" className="py-0.5 pr-8 text-left font-normal text-muted">
              {name}
            </th>
            <td className="text-right">{value}</td>
          </tr>
        ))}
        <tr className="border-t border-track font-medium">
          <th scope="row" className="py-0.5 pr-8 text-left font-medium">
            {text.is}
          </th>
          <td className="text-right">{share(earned.share)}</td>
        </tr>
      </tbody>
    </table>
  )
}
