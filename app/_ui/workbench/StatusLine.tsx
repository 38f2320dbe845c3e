/** One line at the bottom: machine, time left, connection, criteria. */
'use client'
import type { ReactNode } from 'react'
import { labText, momentsText } from '#/app/_text/en.ts'
import type { VerdictView } from '#/classroom/types.ts'
import { ShapeFail, ShapeLive, ShapeNone, ShapeOpen } from '../control/Shape.tsx'
import { Announcement, Countdown, useTimeLeft, useTitleWarning, Warning } from './TimeLeft.tsx'
import type { WorkbenchState } from './useWorkbench.ts'

const text = labText.status

interface Props {
  bench: WorkbenchState
  graded: boolean
  /** What else there is to say of this machine. */
  children?: ReactNode
}

export function StatusLine({ bench, graded, children }: Props) {
  const { situation, status, connection, verdicts } = bench
  const word = stateWord(bench)
  const live = situation.kind === 'ready' || situation.kind === 'starting'
  const asleep = situation.kind === 'ready' && situation.status.suspendedAt !== null
  const Shape = {
    ready: asleep ? ShapeOpen : ShapeLive,
    starting: ShapeOpen,
    unknown: ShapeOpen,
    dead: ShapeFail,
    idle: ShapeNone,
  }[situation.kind]
  const time = useTimeLeft(live ? status : null, bench.ahead)
  const warned = live && status && time?.warning
  useTitleWarning(time)
  return (
    <section
      aria-label={text.label}
      className="bench-status figures"
      data-warning={time?.warning ?? undefined}
    >
      <span
        role="status"
        className={`flex items-center gap-2 font-medium ${situation.kind === 'dead' ? 'text-red' : ''}`}
      >
        <Shape />
        {word}
      </span>
      {live && <Countdown time={time} extending={bench.extending} onExtend={bench.extend} />}
      {warned && <Warning time={time} expiresAt={status.expiresAt} />}
      <Announcement time={time} expiresAt={status?.expiresAt ?? null} />
      {situation.kind !== 'idle' && !(warned && connection === 'live') && (
        <span className={connection === 'waiting' ? 'text-red' : 'text-muted'}>
          {text.connection[connection]}
        </span>
      )}
      {children}
      {graded && !warned && situation.kind === 'ready' && status && (
        <span className="text-muted max-sm:hidden">{text.baseline[status.baseline]}</span>
      )}
      {graded && (
        <span className={`ml-auto text-muted ${warned ? 'max-sm:hidden' : ''}`}>
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
  if (situation.kind === 'ready' && status?.frozen) return states.frozen
  if (situation.kind === 'ready' && status?.suspendedAt) return states.asleep
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
