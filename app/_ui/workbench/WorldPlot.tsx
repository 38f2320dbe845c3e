/**
 * What the clients of the world see, second by second. Above: answered requests rise from the line, lost ones hang below it. Below, on the
 * same clock: latency on a log scale. Drawn by this browser from what /ws/watch sends; knows nothing else.
 */
'use client'
import { labText } from '#/app/_text/en.ts'
import type { WorldSecond } from '#/sandbox/counters/schema.ts'
import { LatencyBand, OutcomeBand, TimeAxis } from './bands.tsx'
import { useSize } from './useSize.ts'
import { inWords, recent } from './world.ts'

const text = labText.world
const axis = { left: 46, right: 14, top: 6, bottom: 18 }
const gap = 16

interface Props {
  seconds: WorldSecond[]
  offline: boolean
  asleep: boolean
  /** Of whose machine it is, when it is not one's own. */
  title?: string
}

export function WorldPlot({ seconds, offline, asleep, title = text.title }: Props) {
  const { ref, width, height } = useSize()
  const { ok, all, p95Ms } = recent(seconds)
  const plot = { left: axis.left, width: Math.max(0, width - axis.left - axis.right) }
  const room = Math.max(0, height - axis.top - axis.bottom - gap)
  const outcomes = { ...plot, top: axis.top, height: room * 0.55 }
  const latency = { ...plot, top: axis.top + room * 0.55 + gap, height: room * 0.45 }
  const now = seconds.at(-1)?.t ?? 0
  return (
    <section aria-labelledby="world" className="world">
      <header className="flex flex-wrap items-baseline gap-x-5 gap-y-0.5 px-4 pt-2 text-xs">
        <h2 id="world" className="caps text-muted">
          {title}
        </h2>
        <span className="figures font-medium">{text.summary(ok, all, inWords(p95Ms))}</span>
        <Key />
      </header>
      <div ref={ref} className="relative min-h-0 flex-1">
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={`${title}: ${text.summary(ok, all, inWords(p95Ms))}`}
            className="world-plot figures"
            data-stale={offline || asleep || undefined}
          >
            <OutcomeBand seconds={seconds} now={now} {...outcomes} />
            <LatencyBand seconds={seconds} now={now} {...latency} />
            <TimeAxis {...plot} top={height - axis.bottom} height={axis.bottom} />
          </svg>
        )}
        {(seconds.length === 0 || offline || asleep) && (
          <p className="absolute inset-x-0 top-1/3 text-center text-sm text-muted">
            <span className="bg-paper px-3 py-1">
              {offline ? text.offline : asleep ? text.asleep : text.waiting}
            </span>
          </p>
        )}
      </div>
    </section>
  )
}

const Key = () => (
  <span aria-hidden="true" className="ml-auto flex flex-wrap gap-x-4 text-muted max-sm:hidden">
    <span className="key key-ok">{text.answered}</span>
    <span className="key key-lost">{text.lost}</span>
    <span className="key key-p50">{text.p50}</span>
    <span className="key key-p95">{text.p95}</span>
  </span>
)
