/** All that a submission was judged, the newest first: by whom, why, and its criteria. */
import { disputeText } from '#/app/_text/en/people/dispute.ts'
import type { JudgementView } from '#/classroom/assignments/dispute.ts'
import { momentIn } from '../cohort/dates.ts'
import { ShapeFail, ShapeNone, ShapePass } from '../control/Shape.tsx'
import { Protocol } from '../workbench/Verdict.tsx'

const text = disputeText.judged
const marks = {
  pass: { Shape: ShapePass, tone: 'text-green' },
  fail: { Shape: ShapeFail, tone: 'text-red' },
  error: { Shape: ShapeNone, tone: 'text-muted' },
  not_gradable: { Shape: ShapeNone, tone: 'text-muted' },
} as const

export function Judgements({ judgements, timeZone }: { judgements: JudgementView[]; timeZone: string }) {
  // The newest verdict with criteria is open: an instructor's word has none.
  const open = judgements.find(({ verdict }) => verdict !== null)?.id
  return (
    <section aria-labelledby="judged">
      <h2 id="judged" className="caps text-muted">
        {text.title}
      </h2>
      {judgements.length === 0 && <p className="mt-3 text-sm text-muted">{text.none}</p>}
      <ol className="mt-3 space-y-6">
        {judgements.map((one, at) => (
          <li key={one.id} className={`border-l-2 pl-4 ${at === 0 ? 'border-amber' : 'border-track'}`}>
            <Judgement one={one} timeZone={timeZone} counts={at === 0} open={one.id === open} />
          </li>
        ))}
      </ol>
    </section>
  )
}

interface Props {
  one: JudgementView
  timeZone: string
  counts: boolean
  open: boolean
}

function Judgement({ one, timeZone, counts, open }: Props) {
  const { Shape, tone } = marks[one.status]
  return (
    <>
      <p className="figures flex flex-wrap items-baseline gap-x-4">
        <span className={`flex items-baseline gap-2 font-medium ${one.cause === 'override' ? '' : tone}`}>
          {one.cause !== 'override' && <Shape className="translate-y-px" />}
          {text.score(one.score, one.maxScore)}
        </span>
        <span className="text-sm text-muted">
          {[
            one.cause === 'check' ? text.causes.check : `${text.causes[one.cause]}, ${text.by(one.by)}`,
            momentIn(timeZone, one.createdAt),
            counts ? text.first : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      {one.reason && (
        <p className="mt-1 max-w-[44rem] whitespace-pre-line break-words text-sm">
          <bdi>{one.reason}</bdi>
        </p>
      )}
      {one.verdict && (
        <details className="mt-2" open={open}>
          <summary className="link inline-block text-sm">{text.criteria}</summary>
          <Protocol verdict={one.verdict} />
        </details>
      )}
    </>
  )
}
