/** The same two queues under a flood: SYNs that nobody completes, with and without cookies. */
import { number } from '#/app/_text/en/instruments/frame.ts'
import { floodText as flood, queuesText as text } from '#/app/_text/en/instruments/queues.ts'
import { type Instrument, stops } from '../instrument.ts'
import {
  halfOpen,
  inConnect,
  type QueueSettings,
  type QueueState,
  queuesSettled,
  startQueues,
  stepQueues,
  ticks,
} from './model.ts'
import { Picture } from './Picture.tsx'

export const instrument: Instrument<QueueSettings, QueueState> = {
  id: 'syn-flood',
  title: flood.title,
  model: flood.model,
  unit: text.unit,
  periodMs: 1000 / ticks,
  knobs: [
    { id: 'forged', label: flood.forged, stops: stops(0, 300, 10), show: text.perSecond },
    { id: 'limit', label: text.limit, stops: [16, 32, 64, 128, 256, 512, 1024] },
    { id: 'synBacklog', label: flood.synBacklog, stops: [16, 21, 32, 64, 128, 256, 512, 1024, 2048] },
    { id: 'cookies', label: flood.cookies },
  ],
  defaults: { limit: 1024, clients: 20, together: 0, accepts: 100, forged: 170, cookies: 0, synBacklog: 21 },
  start: startQueues,
  step: stepQueues,
  settled: queuesSettled,
  Picture,
  readings: (state) => [
    { label: text.time, value: text.seconds(state.t / ticks) },
    { label: flood.half, value: number(halfOpen(state)) },
    { label: 'ListenDrops', value: number(state.counters.drops), lost: state.counters.drops > 0 },
    { label: 'ListenOverflows', value: number(state.counters.overflows), lost: state.counters.overflows > 0 },
    { label: 'TCPReqQFullDrop', value: number(state.counters.fullDrop), lost: state.counters.fullDrop > 0 },
    { label: 'TCPReqQFullDoCookies', value: number(state.counters.doCookies) },
    { label: flood.served, value: number(state.accepted) },
    { label: text.inConnect, value: number(inConnect(state)) },
  ],
  summary: (state) =>
    flood.summary({
      seconds: state.t / ticks,
      half: halfOpen(state),
      served: state.accepted,
      drops: state.counters.drops,
      fullDrop: state.counters.fullDrop,
      cookies: state.counters.doCookies,
      inConnect: inConnect(state),
    }),
}
