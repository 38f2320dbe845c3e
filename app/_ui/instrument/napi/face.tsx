/** The turns of net_rx_action as an instrument: the queues of one processor, and how much of a turn's two bounds is used. */
import { number } from '#/app/_text/en/instruments/frame.ts'
import { napiText as text } from '#/app/_text/en/instruments/napi.ts'
import { type Instrument, stops } from '../instrument.ts'
import { budgetUs, type NapiSettings, type NapiState, napiSettled, startNapi, stepNapi } from './model.ts'

export const instrument: Instrument<NapiSettings, NapiState> = {
  id: 'napi-budget',
  title: text.title,
  model: text.model,
  unit: text.unit,
  periodMs: 450,
  knobs: [
    { id: 'queues', label: text.queues, stops: stops(1, 12, 1), restarts: true },
    { id: 'waiting', label: text.waiting, stops: stops(32, 640, 32), restarts: true },
    { id: 'cost', label: text.cost, stops: [1, 2, 3, 5, 10, 20, 30, 50, 100], show: text.us, restarts: true },
    {
      id: 'budget',
      label: text.budget,
      stops: [1, 64, 128, 200, 256, 300, 400, 600, 1000, 3000],
      restarts: true,
    },
  ],
  defaults: { queues: 1, waiting: 320, cost: 3, budget: 300 },
  start: startNapi,
  step: stepNapi,
  settled: napiSettled,
  Picture,
  readings: (state) => [
    { label: text.processed, value: text.hex(state.processed) },
    { label: text.dropped, value: text.hex(0) },
    { label: text.squeezed, value: text.hex(state.squeezed) },
    { label: text.turns, value: number(state.turns) },
    { label: text.by, value: state.by },
  ],
  summary: (state, settings) => text.summary(state, settings),
}

const [left, width] = [6, 288]

function Picture({ state, settings }: { state: NapiState; settings: NapiSettings }) {
  return (
    <svg viewBox="0 0 300 226" aria-hidden="true">
      <Queues state={state} settings={settings} />
      <Budget state={state} settings={settings} />
      <Time state={state} />
      <text x={left} y={220} className={state.end === 'budget' || state.end === 'time' ? 'strong' : ''}>
        {text.end(state)}
      </text>
    </svg>
  )
}

function Queues({ state, settings }: { state: NapiState; settings: NapiSettings }) {
  const wide = Math.min(48, (width + 6) / settings.queues)
  const last = state.polls.at(-1)?.queue
  return (
    <>
      <text x={left} y={14} className="faint">
        {text.inQueues}
      </text>
      {state.waiting.map((waiting, queue) => {
        const x = left + queue * wide
        const level = (waiting / settings.waiting) * 44
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a queue is its number
          <g key={queue}>
            <rect x={x + 2} y={75 - level} width={wide - 10} height={level} className="level" />
            <path d={`M${x} 28V76H${x + wide - 6}V28`} className={queue === last ? 'line thick' : 'line'} />
            <text x={x + wide / 2 - 3} y={91} textAnchor="middle" className={wide < 34 ? 'small' : ''}>
              {number(waiting)}
            </text>
          </g>
        )
      })}
    </>
  )
}

function Budget({ state, settings }: { state: NapiState; settings: NapiSettings }) {
  const used = state.polls.reduce((sum, { work }) => sum + work, 0)
  const scale = width / Math.max(settings.budget, used, 1)
  let from = 0
  const blocks = state.polls.map(({ queue, work }) => {
    const block = { queue, x: left + from * scale, width: work * scale }
    from += work
    return block
  })
  const limit = left + settings.budget * scale
  return (
    <>
      <text x={left} y={116}>
        {text.used(used, settings.budget)}
      </text>
      <rect x={left} y={122} width={width} height={18} className="bed" />
      {blocks.map((block) => (
        <rect
          key={block.queue}
          x={block.x}
          y={122}
          width={Math.max(0.5, block.width - 1)}
          height={18}
          className={state.end === 'budget' ? 'level full' : 'level'}
        />
      ))}
      <path d={`M${limit} 119V143`} className="line notch" />
    </>
  )
}

function Time({ state }: { state: NapiState }) {
  const scale = width / Math.max(budgetUs, state.spentUs)
  return (
    <>
      <text x={left} y={166}>
        {text.spent(state.spentUs, budgetUs)}
      </text>
      <rect x={left} y={172} width={width} height={18} className="bed" />
      <rect
        x={left}
        y={172}
        width={state.spentUs * scale}
        height={18}
        className={state.end === 'time' ? 'level full' : 'level'}
      />
      <path d={`M${left + budgetUs * scale} 169V193`} className="line notch" />
    </>
  )
}
