/** Texts of the hash that chooses a worker. */
import { texts } from '../../language.ts'
import { pluralOf } from '../plural.ts'
import { number } from './frame.ts'

const connections = pluralOf('connection')

interface FlowSeen {
  last: { port: number; socket: number } | null
  dealt: number[]
  waiting: number
  dropped: number
}

export const flowText = /* @__PURE__ */ texts('flowText', {
  title: 'The hash chooses a worker',
  model:
    'the hash and its scaling are the kernel’s own arithmetic. The secret is drawn at boot; the first one here was looked for, so that ten connections to two sockets, and forty to eight, are dealt as in the text.',
  unit: 'one connection',
  sockets: 'Listening sockets on the port',
  secret: 'Secret, drawn at boot',
  asleep: 'The owner of the first socket is stopped',
  connections: 'connections',
  fewest: 'fewest for a socket',
  mostGiven: 'most for a socket',
  recvQ: 'Recv-Q of the first',
  from: (address: string, port: number) => `${address}:${port}`,
  to: (address: string, port: number) => `to ${address}:${port}`,
  hashed: (word: string) => `hash ${word}`,
  scaled: (sockets: number, socket: number) => `× ${sockets} ÷ 2³² → socket ${socket}`,
  given: 'connections given to each socket',
  noneYet: 'no connection yet',
  stuck: (waiting: number) => `first: stopped, ${number(waiting)} wait in its queue`,
  stuckFull: (dropped: number) => `first: stopped and full, ${connections(dropped)} dropped`,
  summary: ({ last, dealt, waiting, dropped }: FlowSeen, { asleep }: { asleep: number }, limit: number) => {
    const given = dealt.map(number).join(', ')
    const stuck = `The first socket’s owner is stopped: ${number(waiting)} wait in its queue, limit ${limit}; ${number(dropped)} dropped.`
    return `${last ? `From port ${last.port} to socket ${last.socket + 1}. ` : ''}Given to the sockets, in order: ${given}.${asleep ? ` ${stuck}` : ''}`
  },
} as const)
