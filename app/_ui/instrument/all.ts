/** The instruments by the names under which chapters know them. Knows no page. */
import { instrument as flow } from './flow/face.tsx'
import type { Instrument } from './instrument.ts'
import { instrument as napi } from './napi/face.tsx'
import { instrument as queues } from './queues/face.tsx'
import { instrument as flood } from './queues/flood.tsx'
import { instrument as ring } from './ring/face.tsx'
import { instrument as window } from './window/face.tsx'

export const allInstruments = {
  RingThatFills: ring,
  NapiBudget: napi,
  TwoQueues: queues,
  SynFlood: flood,
  WindowThatCloses: window,
  FlowHash: flow,
} satisfies Record<string, Instrument>
