/**
 * The path of this machine, live: every stage with how full it is and what it loses. One stop of the Tab key; arrows go along the path. Drawn
 * anew when a reading comes and at no other time. Knows no socket.
 */
'use client'
import { useEffect, useRef, useState } from 'react'
import { mapText as text } from '#/app/_text/en.ts'
import type { StageId } from '#/labs/stages.ts'
import { Button } from '../control/Button.tsx'
import { threadWidth } from './layout.ts'
import { beginsToLose, type MapView, type StageView } from './model.ts'
import { StageSign } from './StageSign.tsx'
import { StageTable } from './StageTable.tsx'
import { Thread } from './Thread.tsx'
import { useRove } from './useRove.ts'

export type Stale = 'asleep' | 'offline' | 'dead' | 'silent'

interface Props {
  view: MapView | null
  selected: StageId | null
  /** Why the figures are not of this moment. */
  stale: Stale | null
  /** Of whose machine it is, when it is not one's own. */
  title?: string
  onSelect(stage: StageId | null): void
}

export function LiveMap({ view, selected, stale, title = text.title, onSelect }: Props) {
  const [asTable, setAsTable] = useState(false)
  return (
    <section aria-labelledby="live-map" className="live-map" data-stale={stale ?? undefined}>
      <header className="live-map-head">
        <h2 id="live-map" className="caps text-muted">
          {title}
        </h2>
        {(stale || !view) && <span className="text-muted">{stale ? text[stale] : text.waiting}</span>}
        <Announcements view={view} />
        <Button look="quiet" className="live-map-switch" onClick={() => setAsTable(!asTable)}>
          {asTable ? text.table.hide : text.table.show}
        </Button>
      </header>
      {view &&
        (asTable ? (
          <StageTable view={view} selected={selected} onSelect={onSelect} />
        ) : (
          <Path view={view} selected={selected} onSelect={onSelect} />
        ))}
    </section>
  )
}

function Path({
  view: { stages },
  selected,
  onSelect,
}: Omit<Props, 'stale' | 'view' | 'title'> & { view: MapView }) {
  const { here, onKeyDown, onFocus } = useRove(
    stages.map(({ id }) => id),
    () => onSelect(null),
  )
  return (
    <>
      <p id="live-map-keys" className="sr-only">
        {`${text.keys} ${text.every}`}
      </p>
      <div
        role="toolbar"
        aria-label={text.label}
        aria-describedby="live-map-keys"
        className="live-path"
        onKeyDown={onKeyDown}
      >
        {stages.map((stage, at) => (
          <Stage
            key={stage.id}
            stage={stage}
            thread={at < stages.length - 1 ? threadWidth(stages[at + 1]?.flow ?? null) : null}
            reachable={stage.id === here}
            selected={stage.id === selected}
            onFocus={() => onFocus(stage.id)}
            onSelect={() => onSelect(stage.id === selected ? null : stage.id)}
          />
        ))}
      </div>
    </>
  )
}

interface StageProps {
  stage: StageView
  /** The line to the next one; null: this is the last. */
  thread: number | null
  reachable: boolean
  selected: boolean
  onFocus(): void
  onSelect(): void
}

/** Its name does not change with its figures: a screen reader that stands here is not told the time every second. They are its description. */
function Stage({ stage, thread, reachable, selected, onFocus, onSelect }: StageProps) {
  const { id, name, fill, size, share, full, lit, lostInWindow } = stage
  return (
    <button
      type="button"
      id={`live-${id}`}
      data-stage={id}
      data-lit={lit ?? undefined}
      aria-label={name}
      aria-describedby={`live-${id}-now`}
      aria-pressed={selected}
      tabIndex={reachable ? 0 : -1}
      onFocus={onFocus}
      onClick={onSelect}
      className="live-stage"
    >
      <span className="live-sign">
        {thread !== null && <Thread width={thread} />}
        <StageSign stage={id} share={share} full={full} />
        {lostInWindow !== null && lostInWindow > 0 && (
          <span className="live-lost figures">✕ {text.short(lostInWindow)}</span>
        )}
      </span>
      <span className="live-name">{name}</span>
      <span className="live-fill figures">
        {fill ? text.cell(fill) : size !== null ? text.size(size) : text.none}
        {full && <b> {text.full}</b>}
      </span>
      <span id={`live-${id}-now`} className="sr-only">
        {inWords(stage)}
      </span>
    </button>
  )
}

export function inWords({ fill, full, size, flow, lost, lostInWindow }: StageView): string {
  const parts = [
    fill ? text.fill(fill) : size !== null ? text.ringSize(size) : null,
    full ? text.full : null,
    flow !== null && flow > 0 ? text.flow(flow) : null,
    lost !== null && lost > 0 ? text.lost(lost) : null,
    lostInWindow === null
      ? text.notCounted
      : lostInWindow > 0
        ? text.lostInWindow(lostInWindow)
        : text.nothingLost,
  ]
  return parts.filter((part) => part !== null).join('; ')
}

/** Only that a stage begins to lose is said aloud. */
function Announcements({ view }: { view: MapView | null }) {
  const before = useRef<MapView | null>(null)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (!view) return
    const begun = beginsToLose(before.current, view)
    before.current = view
    if (begun.length > 0)
      setSaid(begun.map(({ name, lostInWindow }) => text.announce(name, lostInWindow ?? 0)).join(' '))
  }, [view])
  return (
    <span aria-live="polite" className="sr-only">
      {said}
    </span>
  )
}
