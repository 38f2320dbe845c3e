/** The flow hash as an instrument: one connection after another, the arithmetic, and the socket it leads to. */
import { flowText as text } from '#/app/_text/en/instruments/flow.ts'
import { hex, number } from '#/app/_text/en/instruments/frame.ts'
import { type Instrument, stops } from '../instrument.ts'
import {
  type FlowSettings,
  type FlowState,
  flowSettled,
  limit,
  secrets,
  startFlow,
  stepFlow,
  tupleOf,
} from './model.ts'

export const instrument: Instrument<FlowSettings, FlowState> = {
  id: 'flow-hash',
  title: text.title,
  model: text.model,
  unit: text.unit,
  periodMs: 250,
  knobs: [
    { id: 'sockets', label: text.sockets, stops: stops(1, 16, 1), restarts: true },
    {
      id: 'boot',
      label: text.secret,
      stops: stops(1, secrets.length, 1),
      show: (boot) => hex(secrets[boot - 1] ?? 0),
      restarts: true,
    },
    { id: 'asleep', label: text.asleep },
  ],
  defaults: { sockets: 2, boot: 1, asleep: 1 },
  start: startFlow,
  step: stepFlow,
  settled: flowSettled,
  Picture,
  readings: (state, { asleep }) => {
    const given = state.dealt.reduce((sum, count) => sum + count, 0)
    const least = Math.min(...state.dealt)
    return [
      { label: text.connections, value: number(given) },
      { label: text.fewest, value: number(least) },
      { label: text.mostGiven, value: number(Math.max(...state.dealt)) },
      ...(asleep
        ? [
            { label: text.recvQ, value: number(state.waiting) },
            { label: 'ListenOverflows', value: number(state.dropped), lost: state.dropped > 0 },
          ]
        : []),
    ]
  },
  summary: (state, settings) => text.summary(state, settings, limit),
}

const [left, width] = [6, 288]

function Picture({ state, settings }: { state: FlowState; settings: FlowSettings }) {
  const { last } = state
  const far = tupleOf(last?.port ?? state.port)
  return (
    <svg viewBox="0 0 300 228" aria-hidden="true">
      <text x={left} y={16}>
        {text.from(far.farAddress, far.farPort)}
      </text>
      <text x={left} y={32}>
        {text.to(far.localAddress, far.localPort)}
      </text>
      <text x={left} y={54}>
        {last ? text.hashed(hex(last.hash)) : text.noneYet}
      </text>
      <text x={left} y={70} className="strong">
        {last ? text.scaled(settings.sockets, last.socket + 1) : ''}
      </text>
      <text x={left} y={94} className="faint">
        {text.given}
      </text>
      <Sockets state={state} settings={settings} />
    </svg>
  )
}

function Sockets({ state, settings }: { state: FlowState; settings: FlowSettings }) {
  const wide = Math.min(72, (width + 6) / settings.sockets)
  const most = Math.max(10, ...state.dealt)
  const isNarrow = wide < 30
  return (
    <>
      {state.dealt.map((count, socket) => {
        const x = left + socket * wide
        const level = (count / most) * 66
        const stuck = settings.asleep === 1 && socket === 0
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a socket is its place
          <g key={socket}>
            <rect
              x={x + 2}
              y={185 - level}
              width={wide - 10}
              height={level}
              className={state.last?.socket === socket ? 'level full' : 'level'}
            />
            <path d={`M${x} 114V186H${x + wide - 6}V114`} className={stuck ? 'line shut' : 'line'} />
            <text x={x + wide / 2 - 3} y={202} textAnchor="middle" className={isNarrow ? 'small' : ''}>
              {number(count)}
            </text>
          </g>
        )
      })}
      {settings.asleep === 1 && (
        <text x={left} y={222} className={state.dropped > 0 ? 'lost' : ''}>
          {state.dropped > 0 ? text.stuckFull(state.dropped) : text.stuck(state.waiting)}
        </text>
      )}
    </>
  )
}
