/** Texts of the two queues of a listening socket, and of the same under a flood. */
import { texts } from '../../language.ts'
import { pluralOf } from '../plural.ts'
import { number } from './frame.ts'

const connections = pluralOf('connection')

export const queuesText = /* @__PURE__ */ texts('queuesText', {
  title: 'The two queues of a listening socket',
  model:
    'the round trip is a tenth of a second, the server accepts evenly, and who has waited 30 seconds leaves. What is sent again, and when, is Linux’s. Turning the limit is listen() once more.',
  unit: '0.1 s',
  limit: 'Limit: what listen() stored',
  clients: 'Clients arrive',
  accepts: 'Server accepts, at most',
  together: 'All clients of a second come at once',
  perSecond: (count: number) => `${number(count)} a second`,
  time: 'time',
  seconds: (value: number) => `${value.toFixed(1)} s`,
  inConnect: 'waiting in connect()',
  mistaken: 'connected, they believe',
  half: 'half-open',
  queue: 'accept queue',
  fill: (count: number, room: number) => `${number(count)}, room for ${number(room)}`,
  full: ': full',
  synsDropped: 'SYNs dropped:',
  acksIgnored: 'final ACKs ignored:',
  accepted: (count: number) => `accepted: ${number(count)}`,
  summary: (seen: {
    seconds: number
    half: number
    waiting: number
    limit: number
    accepted: number
    overflows: number
    inConnect: number
    mistaken: number
  }) =>
    `After ${seen.seconds.toFixed(1)} seconds: ${number(seen.half)} half-open. ${connections(seen.waiting)} in the accept queue, limit ${number(seen.limit)}. ${number(seen.accepted)} accepted, ${number(seen.overflows)} packets turned away by a full accept queue. ${number(seen.inConnect)} clients wait in connect, ${number(seen.mistaken)} believe that they are connected.`,
} as const)

export const floodText = /* @__PURE__ */ texts('floodText', {
  title: 'Half-open, under a flood',
  model:
    'twenty honest clients a second, of whom the kernel knows none; the round trip is a tenth of a second and the server accepts all. Forged SYNs are never completed.',
  forged: 'Forged SYNs',
  synBacklog: 'tcp_max_syn_backlog',
  cookies: 'SYN cookies allowed (tcp_syncookies = 1)',
  half: 'in SYN-RECV',
  served: 'clients accepted',
  summary: (seen: {
    seconds: number
    half: number
    served: number
    drops: number
    fullDrop: number
    cookies: number
    inConnect: number
  }) =>
    `After ${seen.seconds.toFixed(1)} seconds: ${number(seen.half)} half-open. ${number(seen.served)} clients accepted, ${number(seen.inConnect)} wait in connect. ListenDrops ${number(seen.drops)}, TCPReqQFullDrop ${number(seen.fullDrop)}, cookies ${number(seen.cookies)}.`,
} as const)
