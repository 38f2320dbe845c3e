/** The bands of the world plot: outcomes, latency, and the clock they share. Each draws into the rectangle it is given. */
import { labText } from '#/app/_text/en.ts'
import type { WorldSecond } from '#/sandbox/counters/schema.ts'
import { latencyLevel, lostIn, niceCeiling, runs, windowSeconds } from './world.ts'

const text = labText.world

interface Rectangle {
  left: number
  top: number
  width: number
  height: number
}
type Band = Rectangle & { seconds: WorldSecond[]; now: number }

const xOf = ({ left, width }: Rectangle, now: number, t: number): number =>
  left + width * (1 - (now - t) / windowSeconds)

export function OutcomeBand({ seconds, now, ...area }: Band) {
  const up = niceCeiling(Math.max(...seconds.map((second) => second.ok), 1))
  const down = niceCeiling(Math.max(...seconds.map(lostIn), 1))
  const base = area.top + (area.height * up) / (up + down)
  const perUnit = area.height / (up + down)
  const step = area.width / windowSeconds
  const bar = Math.max(1, step * 0.72)
  const left = (step + bar) / 2
  return (
    <g>
      {up * perUnit > 12 && <Label x={area.left} y={area.top + 4} value={`${up}`} />}
      <Label x={area.left} y={base + 3.5} value="0" />
      {down * perUnit > 12 && <Label x={area.left} y={area.top + area.height + 1} value={`${down}`} lost />}
      <line x1={area.left} x2={area.left + area.width} y1={base} y2={base} className="axis" />
      <line x1={area.left} x2={area.left + area.width} y1={area.top} y2={area.top} className="grid" />
      <Bars
        bars={seconds
          .filter(({ ok }) => ok > 0)
          .map(({ t, ok }) => ({
            x: xOf(area, now, t) - left,
            y: base - ok * perUnit,
            height: ok * perUnit,
          }))}
        width={bar}
        className="ok"
      />
      <Bars
        bars={seconds
          .map((second) => ({ t: second.t, lost: lostIn(second) }))
          .filter(({ lost }) => lost > 0)
          .map(({ t, lost }) => ({
            x: xOf(area, now, t) - left,
            y: base + 1,
            height: Math.max(1.5, lost * perUnit),
          }))}
        width={bar}
        className="lost"
      />
    </g>
  )
}

interface BarsProps {
  bars: readonly { x: number; y: number; height: number }[]
  width: number
  className: 'ok' | 'lost'
}

/** All in one path: each second moves every bar, and a browser moves one element sooner than a hundred and twenty. */
export const Bars = ({ bars, width, className }: BarsProps) =>
  bars.length > 0 && (
    <path
      d={bars
        .map(
          ({ x, y, height }) =>
            `M${point(x, y)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`,
        )
        .join('')}
      className={className}
    />
  )

const latencyTicks: [ms: number, label: string][] = [
  [1, '1 ms'],
  [100, '100 ms'],
  [10_000, '10 s'],
]

export function LatencyBand({ seconds, now, ...area }: Band) {
  const yOf = (ms: number) => area.top + area.height * (1 - latencyLevel(ms))
  const line = (value: (second: WorldSecond) => number | null) =>
    runs(seconds, value)
      .map((run) =>
        run.map(({ t, v }, at) => `${at === 0 ? 'M' : 'L'}${point(xOf(area, now, t), yOf(v))}`).join(''),
      )
      .join('')
  const dots = runs(seconds, ({ p95Ms }) => p95Ms).filter((run) => run.length === 1)
  return (
    <g>
      {latencyTicks.map(([ms, label]) => (
        <g key={label}>
          <line
            x1={area.left}
            x2={area.left + area.width}
            y1={yOf(ms)}
            y2={yOf(ms)}
            className={ms === 1 ? 'axis' : 'grid'}
          />
          <Label x={area.left} y={yOf(ms) + 3.5} value={label} />
        </g>
      ))}
      <path d={line(({ p95Ms }) => p95Ms)} className="p95" />
      <path d={line(({ p50Ms }) => p50Ms)} className="p50" />
      {dots.flat().map(({ t, v }) => (
        <circle key={t} cx={xOf(area, now, t)} cy={yOf(v)} r="1.5" className="ok" />
      ))}
    </g>
  )
}

export function TimeAxis({ left, top, width }: Rectangle) {
  return (
    <g>
      {[120, 90, 60, 30, 0].map((ago) => (
        <text
          key={ago}
          x={left + width * (1 - ago / windowSeconds)}
          y={top + 13}
          className={`tick ${anchor(ago)}`}
        >
          {ago === 0 ? text.now : text.ago(ago)}
        </text>
      ))}
    </g>
  )
}

const anchor = (ago: number) => (ago === 0 ? 'end' : ago === windowSeconds ? 'start' : 'middle')
const point = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`

const Label = ({ x, y, value, lost = false }: { x: number; y: number; value: string; lost?: boolean }) => (
  <text x={x - 7} y={y} className={`tick end ${lost ? 'tick-lost' : ''}`}>
    {value}
  </text>
)
