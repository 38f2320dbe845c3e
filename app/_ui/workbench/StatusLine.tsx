/** One line at the bottom: machine, time left, connection, criteria. */
'use client'
import { useEffect, useState } from 'react'
import { elapsed, labText, momentsText } from '#/app/_text/en.ts'
import type { VerdictView } from '#/classroom/types.ts'
import { ShapeFail, ShapeLive, ShapeNone, ShapeOpen } from '../control/Shape.tsx'
import type { WorkbenchState } from './useWorkbench.ts'

const text = labText.status
const soonSeconds = 300

export function StatusLine({ bench, graded }: { bench: WorkbenchState; graded: boolean }) {
  const { situation, status, connection, verdicts } = bench
  const word = stateWord(bench)
  const live = situation.kind === 'ready' || situation.kind === 'starting'
  const Shape = {
    ready: ShapeLive,
    starting: ShapeOpen,
    unknown: ShapeOpen,
    dead: ShapeFail,
    idle: ShapeNone,
  }[situation.kind]
  return (
    <section aria-label={text.label} className="bench-status figures">
      <span
        role="status"
        className={`flex items-center gap-2 font-medium ${situation.kind === 'dead' ? 'text-red' : ''}`}
      >
        <Shape />
        {word}
      </span>
      {live && status && <TimeLeft expiresAt={status.expiresAt} />}
      {situation.kind !== 'idle' && (
        <span className={connection === 'waiting' ? 'text-red' : 'text-muted'}>
          {text.connection[connection]}
        </span>
      )}
      {graded && situation.kind === 'ready' && status && (
        <span className="text-muted max-sm:hidden">{text.baseline[status.baseline]}</span>
      )}
      {graded && (
        <span className="ml-auto text-muted">
          <Criteria latest={verdicts[0]} />
        </span>
      )}
    </section>
  )
}

function stateWord({ situation, status, busy }: WorkbenchState): string {
  const { states } = text
  if (busy === 'start' || busy === 'reset') return states.starting
  if (situation.kind === 'idle') return situation.ended ? states.ended : states.none
  if (situation.kind === 'unknown') return text.connection.connecting
  if (status?.checking) return states.checking
  if (status?.rewind.busy && situation.kind === 'ready') return momentsText.states[status.rewind.busy]
  return states[situation.kind]
}

const Criteria = ({ latest }: { latest: VerdictView | undefined }) => {
  if (!latest) return text.noVerdict
  const { score, verdict } = latest
  const { criteria, maxScore } = verdict
  return text.criteria(
    criteria.filter(({ status }) => status === 'pass').length,
    criteria.length,
    score,
    maxScore,
  )
}

/** By the browser's clock; drawn only in the browser, because the server's may differ. */
function TimeLeft({ expiresAt }: { expiresAt: string }) {
  const [now, setNow] = useState<number | null>(null)
  useEffect(() => {
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, 1000)
    return () => clearInterval(timer)
  }, [])
  if (now === null) return <span className="min-w-24" />
  const left = Math.max(0, Math.round((Date.parse(expiresAt) - now) / 1000))
  const soon = left < soonSeconds
  return (
    <span className={`min-w-24 ${soon ? 'font-medium text-amber-text' : 'text-muted'}`}>
      {text.left(elapsed(left))}
      {soon && <span className="ml-3">{text.expiring}</span>}
    </span>
  )
}
