/** The instruments as chapters name them: drawn by the server as they are before anybody touches them. */
import { Face } from './Face.tsx'
import { instrument as flow } from './flow/face.tsx'
import type { Instrument } from './instrument.ts'
import { Later } from './Later.tsx'
import { instrument as napi } from './napi/face.tsx'
import { instrument as queues } from './queues/face.tsx'
import { instrument as flood } from './queues/flood.tsx'
import { instrument as ring } from './ring/face.tsx'
import { begin } from './run.ts'
import { instrument as window } from './window/face.tsx'

const still = (id: Parameters<typeof Later>[0]['id'], of: Instrument) => () => (
  <Later id={id}>
    <Face of={of} run={begin(of)} hand={null} />
  </Later>
)

export const instruments = {
  RingThatFills: still('ring', ring),
  NapiBudget: still('napi', napi),
  TwoQueues: still('queues', queues),
  SynFlood: still('flood', flood),
  WindowThatCloses: still('window', window),
  FlowHash: still('flow', flow),
}
