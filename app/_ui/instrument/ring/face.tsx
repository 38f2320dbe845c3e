/** The receive ring as an instrument: a circle with two hands, the card's and the driver's, and what falls out when they meet. */
import { number } from '#/app/_text/en/instruments/frame.ts'
import { ringText as text } from '#/app/_text/en/instruments/ring.ts'
import { WayOut } from '../drawing.tsx'
import { doublings, type Instrument, stops } from '../instrument.ts'
import { type RingSettings, type RingState, ringSettled, startRing, stepRing, weight } from './model.ts'

export const instrument: Instrument<RingSettings, RingState> = {
  id: 'ring-that-fills',
  title: text.title,
  model: text.model,
  unit: text.unit,
  periodMs: 350,
  knobs: [
    { id: 'places', label: text.places, stops: doublings(weight, 4096), restarts: true },
    { id: 'wave', label: text.wave, stops: stops(100, 8000, 100), restarts: true },
    { id: 'pace', label: text.pace, stops: stops(15, 390, 15), restarts: true },
  ],
  defaults: { places: 64, wave: 800, pace: 195 },
  start: startRing,
  step: stepRing,
  settled: ringSettled,
  Picture,
  readings: (state) => [
    { label: text.taken, value: number(state.taken) },
    { label: text.lost, value: number(state.lost), lost: state.lost > 0 },
    { label: text.polls, value: number(state.polls) },
    { label: text.interrupts, value: number(state.interrupts) },
  ],
  summary: (state, settings) => text.summary(state, settings, ringSettled(state, settings)),
}

const center = { x: 92, y: 96 }
const [outer, inner] = [74, 48]

function Picture({ state, settings }: { state: RingState; settings: RingSettings }) {
  const { places } = settings
  const tail = (state.taken % places) / places
  const fill = state.waiting / places
  return (
    <svg viewBox="0 0 300 196" aria-hidden="true">
      <path d={sector(tail, fill)} className={fill === 1 ? 'level full' : 'level'} fillRule="evenodd" />
      <circle cx={center.x} cy={center.y} r={outer} className="line" />
      <circle cx={center.x} cy={center.y} r={inner} className="line" />
      <path d={ticks()} className="hair" />
      <path d={hand(tail, inner - 11, inner - 2)} className="line thick" />
      <path d={hand(tail + fill, outer + 2, outer + 11)} className="line thick" />
      <g textAnchor="middle">
        <text x={center.x} y={center.y} className="big">
          {number(state.waiting)}
        </text>
        <text x={center.x} y={center.y + 16}>
          {text.of(places)}
        </text>
      </g>
      <text x={190} y={22} className="faint">
        {text.outerMark}
      </text>
      <text x={190} y={38}>
        {text.come(state.come, settings.wave)}
      </text>
      <text x={190} y={84} className="faint">
        {text.innerMark}
      </text>
      <text x={190} y={100}>
        {text.doing(state)}
      </text>
      <WayOut x={center.x + outer} y={150} length={22} lost={state.lost} />
      <text x={202} y={150} className={state.lost > 0 ? 'lost' : 'faint'}>
        {text.noPlace}
      </text>
      <text x={202} y={166} className={state.lost > 0 ? 'lost' : 'faint'}>
        {text.lostCount(state.lost)}
      </text>
    </svg>
  )
}

/** A point at a part of the circle from the top, clockwise. */
function at(part: number, radius: number): string {
  const angle = part * 2 * Math.PI - Math.PI / 2
  const round = (value: number) => Math.round(value * 10) / 10
  return `${round(center.x + radius * Math.cos(angle))} ${round(center.y + radius * Math.sin(angle))}`
}

const hand = (part: number, from: number, to: number) => `M${at(part, from)}L${at(part, to)}`

const ticks = () =>
  Array.from({ length: 32 }, (_, index) => `M${at(index / 32, inner)}L${at(index / 32, outer)}`).join('')

function sector(from: number, part: number): string {
  if (part === 0) return ''
  const half = (radius: number, sweep: 0 | 1, begin: number, end: number) => {
    const middle = (begin + end) / 2
    const arc = (to: number) => `A${radius} ${radius} 0 0 ${sweep} ${at(to, radius)}`
    return `${arc(middle)}${arc(end)}`
  }
  const to = from + part
  return `M${at(from, outer)}${half(outer, 1, from, to)}L${at(to, inner)}${half(inner, 0, to, from)}Z`
}
