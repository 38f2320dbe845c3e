/** The instruments as chapters name them: drawn by the server as they are before anybody touches them. */
import { allInstruments as all } from './all.ts'
import { Face } from './Face.tsx'
import type { Instrument } from './instrument.ts'
import { Later } from './Later.tsx'
import { begin } from './run.ts'

const still = (id: Parameters<typeof Later>[0]['id'], of: Instrument) => () => (
  <Later id={id}>
    <Face of={of} run={begin(of)} hand={null} />
  </Later>
)

export const instruments = {
  RingThatFills: still('ring', all.RingThatFills),
  NapiBudget: still('napi', all.NapiBudget),
  TwoQueues: still('queues', all.TwoQueues),
  SynFlood: still('flood', all.SynFlood),
  WindowThatCloses: still('window', all.WindowThatCloses),
  FlowHash: still('flow', all.FlowHash),
}
