/** A verdict as a test protocol: each criterion with what was observed, before and after. Nothing is celebrated. */
import { seconds, verdictText as text } from '#/app/_text/en.ts'
import { locale } from '#/app/_text/language.ts'
import type { VerdictView } from '#/classroom/types.ts'
import type { CriterionResult, Verdict as Judged, Status } from '#/grader/verdict.ts'
import { ShapeFail, ShapeNone, ShapePart, ShapePass } from '../control/Shape.tsx'

const marks: Record<Status, { Shape: typeof ShapePass; tone: string }> = {
  pass: { Shape: ShapePass, tone: 'text-green' },
  fail: { Shape: ShapeFail, tone: 'text-red' },
  error: { Shape: ShapeNone, tone: 'text-muted' },
  not_gradable: { Shape: ShapeNone, tone: 'text-muted' },
}

export function Verdict({ view, number }: { view: VerdictView; number: number }) {
  const { status, score, maxScore, timings } = view.verdict
  const { Shape, tone } = marks[status]
  return (
    <section aria-labelledby="protocol">
      <h2 id="protocol" tabIndex={-1} className="caps text-muted outline-none">
        {text.protocol(number)}
        <time dateTime={view.createdAt} className="figures ml-3" suppressHydrationWarning>
          {clockTime(view.createdAt)}
        </time>
      </h2>
      <p className="mt-2 flex flex-wrap items-baseline gap-x-4 font-serif text-[1.625rem] font-medium leading-tight tracking-[-0.015em]">
        <span className="figures">{text.score(score, maxScore)}</span>
        {view.hints.cost > 0 && score > 0 && (
          <span className="figures font-sans text-sm tracking-normal text-muted">
            {text.lessHints(view.hints.count, view.hints.cost, view.score)}
          </span>
        )}
        <span className={`flex items-baseline gap-2 font-sans text-sm tracking-normal ${tone}`}>
          <Shape />
          {text.status[status]}
        </span>
      </p>
      {!view.counts && <p className="mt-2 text-sm text-muted">{text.notCounted}</p>}
      <Protocol verdict={view.verdict} />
      <p className="figures mt-3 text-xs text-muted">{text.took(seconds(timings.checkMs))}</p>
    </section>
  )
}

/** The criteria alone, wherever a verdict is looked at. */
export const Protocol = ({ verdict: { criteria } }: { verdict: Pick<Judged, 'criteria'> }) => (
  <table className="protocol">
    <colgroup>
      <col className="w-2/5" />
      <col />
      <col />
    </colgroup>
    {criteria.map((criterion) => (
      <Criterion key={criterion.id} criterion={criterion} />
    ))}
  </table>
)

function Criterion({ criterion }: { criterion: CriterionResult }) {
  const { id, kind, title, status, points, maxPoints, feedback, evidence } = criterion
  const partly = status === 'fail' && points > 0
  const compared = evidence.some(({ before }) => before !== undefined)
  const { Shape, tone } = partly ? { Shape: ShapePart, tone: 'text-amber-text' } : marks[status]
  return (
    <tbody>
      <tr className="criterion">
        <th scope="rowgroup" colSpan={2}>
          <span className="caps block text-muted">{text.kind[kind]}</span>
          {title}
        </th>
        <td>
          <span className={`flex items-center justify-end gap-1.5 ${tone}`}>
            <Shape />
            {partly ? text.partly : text.criterion[status]}
          </span>
          {maxPoints > 0 && (
            <span className="figures block text-muted">{text.points(points, maxPoints)}</span>
          )}
        </td>
      </tr>
      <tr className="feedback">
        <td colSpan={3}>{feedback}</td>
      </tr>
      {compared && (
        <tr className="columns">
          <td />
          <td>{text.columns.before}</td>
          <td>{text.columns.after}</td>
        </tr>
      )}
      {evidence.map(({ label, before, after }) => (
        <tr key={`${id} ${label} ${before} ${after}`} className="observation">
          <th scope="row">{label}</th>
          {compared && <td>{before}</td>}
          <td colSpan={compared ? 1 : 2}>{after}</td>
        </tr>
      ))}
    </tbody>
  )
}

const clockTime = (iso: string): string =>
  new Date(iso).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
