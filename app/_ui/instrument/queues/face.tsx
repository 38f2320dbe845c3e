/** The two queues of a listening socket as an instrument: how fast clients come, how fast the server accepts, and the one limit of both. */
import { number } from '#/app/_text/en/instruments/frame.ts'
import { queuesText as text } from '#/app/_text/en/instruments/queues.ts'
import { type Instrument, stops } from '../instrument.ts'
import {
  halfOpen,
  inConnect,
  mistaken,
  type QueueSettings,
  type QueueState,
  queuesSettled,
  startQueues,
  stepQueues,
  ticks,
} from './model.ts'
import { Picture } from './Picture.tsx'

export const instrument: Instrument<QueueSettings, QueueState> = {
  id: 'two-queues',
  title: text.title,
  model: text.model,
  unit: text.unit,
  periodMs: 1000 / ticks,
  knobs: [
    { id: 'limit', label: text.limit, stops: [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] },
    { id: 'clients', label: text.clients, stops: stops(0, 200, 10), show: text.perSecond },
    { id: 'accepts', label: text.accepts, stops: stops(0, 200, 10), show: text.perSecond },
    { id: 'together', label: text.together },
  ],
  defaults: { limit: 8, clients: 40, together: 1, accepts: 40, forged: 0, cookies: 1, synBacklog: 128 },
  start: startQueues,
  step: stepQueues,
  settled: queuesSettled,
  Picture,
  readings: (state, { limit }) => [
    { label: text.time, value: text.seconds(state.t / ticks) },
    { label: 'Recv-Q', value: number(state.waiting) },
    { label: 'Send-Q', value: number(limit) },
    { label: 'ListenOverflows', value: number(state.counters.overflows), lost: state.counters.overflows > 0 },
    { label: 'ListenDrops', value: number(state.counters.drops), lost: state.counters.drops > 0 },
    { label: 'TCPReqQFullDoCookies', value: number(state.counters.doCookies) },
    { label: text.inConnect, value: number(inConnect(state)) },
    { label: text.mistaken, value: number(mistaken(state)) },
  ],
  summary: (state, settings) =>
    text.summary({
      seconds: state.t / ticks,
      half: halfOpen(state),
      waiting: state.waiting,
      limit: settings.limit,
      accepted: state.accepted,
      overflows: state.counters.overflows,
      inConnect: inConnect(state),
      mistaken: mistaken(state),
    }),
}
