/** Two vessels below each other, as in the chapter's figure: half-open above, the accept queue below, and two ways out. */
import { number } from '#/app/_text/en/instruments/frame.ts'
import { queuesText as text } from '#/app/_text/en/instruments/queues.ts'
import { Down, Vessel, WayOut } from '../drawing.tsx'
import { halfOpen, type QueueSettings, type QueueState } from './model.ts'

export function Picture({ state, settings }: { state: QueueState; settings: QueueSettings }) {
  const half = halfOpen(state)
  const room = settings.limit + 1
  const most = settings.cookies ? room : Math.min(room, settings.synBacklog - (settings.synBacklog >> 2) + 1)
  return (
    <svg viewBox="0 0 300 262" aria-hidden="true">
      <text x={10} y={16}>
        SYN
      </text>
      <Down x={62} y={4} length={52} />
      <WayOut x={62} y={28} length={94} lost={state.synsDropped} />
      <Lost x={170} y={25} word={text.synsDropped} count={state.synsDropped} />
      <Vessel x={10} y={60} width={104} height={48} fill={half / most} full={half >= most} />
      <Beside y={78} name={text.half} value={text.fill(half, most)} full={half >= most} />
      <text x={10} y={134}>
        ACK
      </text>
      <Down x={62} y={112} length={52} />
      <WayOut x={62} y={140} length={94} lost={state.acksIgnored} />
      <Lost x={170} y={137} word={text.acksIgnored} count={state.acksIgnored} />
      <Vessel
        x={10}
        y={168}
        width={104}
        height={52}
        fill={state.waiting / room}
        full={state.waiting >= room}
        limit={settings.limit / room}
      />
      <Beside y={188} name={text.queue} value={text.fill(state.waiting, room)} full={state.waiting >= room} />
      <Down x={62} y={224} length={32} />
      <text x={74} y={250}>
        {text.accepted(state.accepted)}
      </text>
    </svg>
  )
}

const Beside = ({ y, name, value, full }: { y: number; name: string; value: string; full: boolean }) => (
  <>
    <text x={124} y={y}>
      {name}
    </text>
    <text x={124} y={y + 16} className={full ? 'strong' : ''}>
      {value}
      {full && text.full}
    </text>
  </>
)

const Lost = ({ x, y, word, count }: { x: number; y: number; word: string; count: number }) => (
  <g className={count > 0 ? 'lost' : 'faint'}>
    <text x={x} y={y}>
      {word}
    </text>
    <text x={x} y={y + 16}>
      {number(count)}
    </text>
  </g>
)
