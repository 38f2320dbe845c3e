/** Map and opened stage, fed by the readings: the part of the instrument that is loaded when there is something to show. */
'use client'
import { useMemo, useSyncExternalStore } from 'react'
import type { StageId } from '#/labs/stages.ts'
import type { WorldSecond } from '#/sandbox/counters/schema.ts'
import type { Machine } from '../line/RunLine.tsx'
import type { StageGuide } from './guide.ts'
import { LiveMap, type Stale } from './LiveMap.tsx'
import { mapView, momentsOf, silentFor } from './model.ts'
import type { Readings } from './readings.ts'
import { StagePanel } from './StagePanel.tsx'

interface Props {
  readings: Readings
  world: WorldSecond[]
  guide: readonly StageGuide[]
  machine: Machine | null
  selected: StageId | null
  stale: Stale | null
  onSelect(stage: StageId | null): void
}

export function LivePart({ readings, world, guide, machine, selected, stale, onSelect }: Props) {
  const seconds = useSyncExternalStore(readings.subscribe, readings.current, readings.current)
  const view = useMemo(() => mapView(seconds), [seconds])
  const moments = useMemo(() => (selected ? momentsOf(seconds) : []), [seconds, selected])
  const silent = silentFor(seconds) === null ? null : 'silent'
  const stage = view?.stages.find(({ id }) => id === selected)
  function close() {
    onSelect(null)
    document.getElementById(`live-${selected}`)?.focus()
  }
  return (
    <>
      <LiveMap view={view} selected={selected} stale={stale ?? silent} onSelect={onSelect} />
      {stage && (
        <StagePanel
          stage={stage}
          moments={moments}
          world={world}
          guide={guide.find((one) => one.stage === stage.id)}
          machine={machine}
          onClose={close}
        />
      )}
    </>
  )
}
