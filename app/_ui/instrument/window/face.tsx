/** A window that closes, as an instrument: the receive buffer, the window that comes out of it, and the client's buffer behind. */
import { number } from '#/app/_text/en/instruments/frame.ts'
import { windowText as text } from '#/app/_text/en/instruments/window.ts'
import { Vessel } from '../drawing.tsx'
import { doublings, type Instrument } from '../instrument.ts'
import {
  memoryOf,
  sendBuffer,
  startWindow,
  stepWindow,
  type WindowSettings,
  type WindowState,
  windowSettled,
  writeWaits,
} from './model.ts'

const kB = 1000

export const instrument: Instrument<WindowSettings, WindowState> = {
  id: 'window-that-closes',
  title: text.title,
  model: text.model,
  unit: text.unit,
  periodMs: 350,
  knobs: [
    {
      id: 'buffer',
      label: text.buffer,
      stops: [4096, 6144, ...doublings(8192, 4_194_304), 6_291_456],
      restarts: true,
    },
    {
      id: 'reads',
      label: text.reads,
      stops: [0, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].map((rate) => rate * kB),
      show: text.perSecond,
    },
    { id: 'roundTrip', label: text.roundTrip, stops: [1, 2, 5, 10, 20, 50, 100, 200], show: text.ms },
  ],
  defaults: { buffer: 131_072, reads: 0, roundTrip: 100 },
  start: startWindow,
  step: stepWindow,
  settled: windowSettled,
  Picture,
  readings: (state, settings) => [
    { label: text.window, value: number(state.window) },
    { label: 'Recv-Q', value: number(state.unread) },
    { label: text.speed, value: text.perSecond((state.came * 1000) / settings.roundTrip) },
    { label: text.most, value: text.perSecond((state.offered * 1000) / settings.roundTrip) },
    { label: 'TCPToZeroWindowAdv', value: number(state.zeroAdvertised) },
    { label: text.read, value: number(state.read) },
  ],
  summary: (state, settings) =>
    text.summary({ ...state, speed: (state.came * 1000) / settings.roundTrip, waits: writeWaits(state) }),
}

function Picture({ state, settings }: { state: WindowState; settings: WindowSettings }) {
  const fill = memoryOf(state.unread) / settings.buffer
  const shut = state.window === 0
  const waits = shut && writeWaits(state)
  return (
    <svg viewBox="0 0 300 262" aria-hidden="true">
      <path d="M66 44V12m-4 8l4-8 4 8" className="line" />
      <text x={78} y={24}>
        {text.readBy(settings.reads)}
      </text>
      <Vessel x={10} y={50} width={112} height={64} fill={fill} full={shut} />
      <text x={132} y={70}>
        {text.receiveBuffer}
      </text>
      <text x={132} y={86} className={shut ? 'strong' : ''}>
        {text.unread(state.unread)}
      </text>
      <path d="M66 196V120m-4 8l4-8 4 8" className={shut ? 'line shut' : 'line'} />
      <text x={78} y={150} className={shut ? 'strong' : ''}>
        {text.open(state.window)}
      </text>
      <text x={78} y={166}>
        {text.came(state.came)}
      </text>
      <Vessel x={10} y={200} width={112} height={52} fill={state.held / sendBuffer} full={waits} />
      <text x={132} y={220}>
        {text.sendBuffer}
      </text>
      <text x={132} y={236} className={waits ? 'strong' : ''}>
        {writeWaits(state) ? text.writeWaits : text.held(state.held)}
      </text>
    </svg>
  )
}
