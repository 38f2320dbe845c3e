/**
 * One stage over the last two minutes, and below it, on the same clock, what the clients got: what is lost up here is what they miss down there.
 */
'use client'
import { labText, mapText as text } from '#/app/_text/en.ts'
import type { WorldSecond } from '#/sandbox/counters/schema.ts'
import { Bars, OutcomeBand, TimeAxis } from '../workbench/bands.tsx'
import { useSize } from '../workbench/useSize.ts'
import type { Moment, StageView } from './model.ts'
import { type Area, linePath, type Series, seriesOf, xOf, yOf } from './plot.ts'

const axis = { left: 52, right: 14, top: 16, bottom: 18 }
const gap = 20

interface Props {
  stage: StageView
  moments: readonly Moment[]
  world: WorldSecond[]
}

export function StagePlot({ stage, moments, world }: Props) {
  const { ref, width, height } = useSize()
  const series = seriesOf(moments, stage.id)
  const plot = { left: axis.left, width: Math.max(0, width - axis.left - axis.right) }
  const room = Math.max(0, height - axis.top - axis.bottom - gap)
  const above = { ...plot, top: axis.top, height: room * 0.64 }
  const below = { ...plot, top: axis.top + room * 0.64 + gap, height: room * 0.36 }
  const now = Math.max(moments.at(-1)?.t ?? 0, world.at(-1)?.t ?? 0)
  return (
    <div ref={ref} className="stage-plot">
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={text.panel.plot(stage.name)}
          className="world-plot figures"
        >
          <text x={plot.left} y={10} className="tick">
            {captionOf(series, stage)}
          </text>
          <StageBand series={series} now={now} area={above} />
          <text x={plot.left} y={below.top - 5} className="tick">
            {`${text.panel.clients}: ${labText.world.answered}, ${labText.world.lost}`}
          </text>
          <OutcomeBand seconds={world} now={now} {...below} />
          <TimeAxis {...plot} top={height - axis.bottom} height={axis.bottom} />
        </svg>
      )}
    </div>
  )
}

function captionOf({ of, limit, lost }: Series, { fill, lostInWindow }: StageView): string {
  const parts = [
    of === 'fill' && fill ? text.unit(fill.unit) : of === 'flow' ? text.panel.flow : null,
    limit !== null ? text.panel.limit(limit) : null,
    lost.length > 0 ? text.panel.lost : null,
  ].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(', ') : lostInWindow === null ? text.panel.empty : text.nothingLost
}

/** Above the line what waits or passes, below it what is lost. */
function StageBand({ series, now, area }: { series: Series; now: number; area: Area }) {
  const { points, limit, top, lost, lostTop } = series
  const share = lost.length === 0 ? 1 : points.length === 0 ? 0 : 0.62
  const up = { ...area, height: area.height * share }
  const base = area.top + up.height
  const down = area.height - up.height
  const bar = Math.max(1.5, (area.width / 120) * 0.72)
  return (
    <g>
      <line x1={area.left} x2={area.left + area.width} y1={base} y2={base} className="axis" />
      <Tick x={area.left} y={base} value="0" />
      {points.length > 0 && (
        <>
          {limit !== null && limit <= top ? (
            <>
              <line
                x1={area.left}
                x2={area.left + area.width}
                y1={yOf(up, top, limit)}
                y2={yOf(up, top, limit)}
                className="limit"
              />
              {base - yOf(up, top, limit) > 9 && (
                <Tick x={area.left} y={yOf(up, top, limit)} value={text.short(limit)} />
              )}
            </>
          ) : (
            <Tick x={area.left} y={up.top + 4} value={text.short(top)} />
          )}
          <path d={linePath(points, up, now, top)} className="p50" />
        </>
      )}
      <Bars
        bars={lost.map(({ t, v }) => ({
          x: xOf(area, now, t) - bar,
          y: base + 1,
          height: Math.max(2, (v / lostTop) * (down - 2)),
        }))}
        width={bar}
        className="lost"
      />
      {lost.length > 0 && <Tick x={area.left} y={area.top + area.height} value={text.short(lostTop)} lost />}
    </g>
  )
}

const Tick = ({ x, y, value, lost = false }: { x: number; y: number; value: string; lost?: boolean }) => (
  <text x={x - 7} y={y + 3.5} className={`tick end ${lost ? 'tick-lost' : ''}`}>
    {value}
  </text>
)
