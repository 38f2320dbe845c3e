/**
 * Below the terminal: the live map of the machine's queues, where it may be seen, and what the clients got; an opened stage takes the place of
 * the latter. The map's code is loaded with the first machine that shows it; without it the
 * rest stays as it is. Knows no socket.
 */
'use client'
import { useState } from 'react'
import { workText } from '#/app/_text/en/people/work.ts'
import { labText, mapText } from '#/app/_text/en.ts'
import type { LabMeta } from '#/labs/schema.ts'
import type { StageId } from '#/labs/stages.ts'
import { Button } from '../control/Button.tsx'
import { useLaterOrNot } from '../control/useLater.ts'
import type { Machine } from '../line/RunLine.tsx'
import type { StageGuide } from '../map/guide.ts'
import type { Assigned } from './assigned.ts'
import type { WorkbenchState } from './useWorkbench.ts'
import type { LabKind } from './Views.tsx'
import { WorldPlot } from './WorldPlot.tsx'

const loadMap = () => import('../map/LivePart.tsx').then((part) => part.LivePart)

interface Props {
  meta: LabMeta
  kind: LabKind
  bench: WorkbenchState
  guide: readonly StageGuide[]
  assigned: Assigned | null
}

export function Instrument({ meta, kind, bench, guide, assigned }: Props) {
  const { situation, seconds, readings, connection, attempt } = bench
  const [selected, setSelected] = useState<StageId | null>(null)
  const status = situation.kind === 'ready' || situation.kind === 'dead' ? situation.status : null
  const forbidden = assigned?.liveMap === false
  const shown = status?.liveCounters === true && !forbidden
  const { Part: LivePart, failed, again } = useLaterOrNot(loadMap, shown)
  const asleep = situation.kind === 'ready' && situation.status.suspendedAt !== null
  const offline = situation.kind !== 'idle' && situation.kind !== 'unknown' && connection === 'waiting'
  const stale = offline ? 'offline' : situation.kind === 'dead' ? 'dead' : asleep ? 'asleep' : null
  const machine: Machine | null =
    situation.kind === 'ready' && attempt
      ? {
          attempt: attempt.id,
          title: meta.title,
          href: assigned?.href ?? (kind === 'playground' ? '/playground' : `/labs/${meta.id}`),
        }
      : null
  return (
    <>
      {LivePart && shown && (
        <LivePart
          readings={readings}
          world={seconds}
          guide={guide}
          machine={machine}
          selected={selected}
          stale={stale}
          onSelect={setSelected}
        />
      )}
      {failed && shown && (
        <div role="alert" className="live-map-hidden flex flex-wrap items-center gap-x-4 gap-y-2">
          {labText.map.failed}
          <Button onClick={again}>{labText.map.again}</Button>
        </div>
      )}
      {status && !shown && (kind === 'fault' || forbidden) && (
        <p className="live-map-hidden">{forbidden ? workText.bench.hidden : mapText.hidden}</p>
      )}
      {!(shown && selected) && <WorldPlot seconds={seconds} offline={offline} asleep={asleep} />}
    </>
  )
}
