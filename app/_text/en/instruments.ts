/** Texts of the instruments inside the chapters. They are on every such instrument's face or are said aloud; part of its script only. */
import { pluralOf } from './plural.ts'

const format = new Intl.NumberFormat('en')
const number = (value: number): string => format.format(value)
const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`

const frames = pluralOf('frame')
const polls = pluralOf('poll')
const interrupts = pluralOf('interrupt')
const packets = pluralOf('packet')
const turns = pluralOf('turn')
const connections = pluralOf('connection')

const rate = (perSecond: number): string =>
  perSecond >= 1_000_000
    ? `${number(Math.round(perSecond / 100_000) / 10)} MB/s`
    : `${number(Math.round(perSecond / 100) / 10)} kB/s`

interface RingSeen {
  come: number
  waiting: number
  taken: number
  lost: number
  polls: number
  interrupts: number
  masked: boolean
  work: number | null
}
interface NapiSeen {
  waiting: number[]
  polls: { queue: number; work: number }[]
  end: 'done' | 'again' | 'budget' | 'time' | null
  turns: number
  squeezed: number
  processed: number
  by: string
}
interface FlowSeen {
  last: { port: number; socket: number } | null
  dealt: number[]
  waiting: number
  dropped: number
}

export const instrumentText = {
  label: 'Try it',
  model: (says: string) => `A model, not a machine: ${says}`,
  step: (unit: string) => `Step: ${unit}`,
  leap: (steps: number) => `${steps} steps`,
  play: 'Play',
  pause: 'Pause',
  again: 'Start again',
  number,
  hex,
  ring: {
    title: 'A ring that fills and overflows',
    model:
      'frames come evenly, and the softirq begins one poll’s time after the interrupt. The pace of 195 was set so that 64 places deliver the 263 of 800 that our machine below delivered; all else follows from the rules.',
    unit: 'one poll',
    places: 'Places in the ring',
    wave: 'Frames in the wave',
    pace: 'Arrive while a poll carries up 64',
    taken: 'taken by polls',
    lost: 'pkts rx OOB',
    polls: 'polls',
    interrupts: 'interrupts',
    of: (places: number) => `of ${number(places)}`,
    come: (count: number) => `${number(count)} came`,
    ofWave: (wave: number) => `of ${number(wave)}`,
    doing: ({ masked, work, come }: RingSeen, over: boolean) => {
      if (over) return 'ring empty:'
      if (come === 0) return 'all quiet'
      return work === null ? 'interrupt' : masked ? 'poll:' : 'ring empty:'
    },
    work: (work: number) => `took ${work}`,
    noPlace: 'no place:',
    lostCount: (lost: number) => `${number(lost)} lost`,
    summary: (state: RingSeen, { places, wave }: { places: number; wave: number }, over: boolean) =>
      `${number(state.come)} of ${frames(wave)} have come. ${number(state.waiting)} wait in a ring of ${number(places)}. ${number(state.taken)} were taken by ${polls(state.polls)} after ${interrupts(state.interrupts)}, ${number(state.lost)} lost.${over ? ' The wave is over.' : ''}`,
  },
  napi: {
    title: 'A turn and its two bounds',
    model:
      'one processor, no packet arrives meanwhile, no process wants the processor, and the clock is exact where the kernel’s moves in ticks of 4 ms.',
    unit: 'one poll',
    queues: 'Busy queues',
    waiting: 'Packets waiting in each',
    cost: 'Time for one packet',
    us: (value: number) => `${value} µs`,
    budget: 'netdev_budget',
    processed: 'column 1: processed',
    dropped: 'column 2: dropped',
    squeezed: 'column 3: time_squeeze',
    hex: (value: number) => value.toString(16).padStart(8, '0'),
    turns: 'turns',
    by: 'run by',
    used: (used: number, budget: number) => `packets of this turn: ${number(used)}, bound ${number(budget)}`,
    spent: (us: number, bound: number) => `time: ${number(us / 1000)} ms, bound ${bound / 1000} ms`,
    end: ({ end, polls: list, turns: count }: NapiSeen) => {
      const last = list.at(-1)
      if (!last) return 'nothing polled yet'
      const poll = `queue ${last.queue + 1} gave ${last.work}`
      if (end === null) return `${poll}; the turn goes on`
      if (end === 'again') return `turn ${count} over: each queue had its poll`
      if (end === 'done') return `${poll}; nothing is left`
      return `turn ${count} cut short by ${end === 'budget' ? 'the budget' : 'the time'}`
    },
    summary: (
      { waiting, turns: count, squeezed, processed, by, end }: NapiSeen,
      { budget }: { budget: number },
    ) =>
      `${packets(processed)} carried up in ${turns(count)} by ${by}. ${number(waiting.reduce((sum, one) => sum + one, 0))} still wait. The budget of ${number(budget)} or the time cut short ${number(squeezed)}. Nothing was dropped.${end === 'done' ? ' All queues are empty.' : ''}`,
  },
  queues: {
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
  },
  flood: {
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
  },
  window: {
    title: 'A window that closes',
    model:
      'one client with 20 MB to send; no loss, no congestion control, and no line is the limit. The buffer does not grow, and half of its memory is data, which is what the kernel reckons with at first.',
    unit: 'one round trip',
    buffer: 'Receive buffer (rb), bytes',
    reads: 'The program reads, at most',
    roundTrip: 'Round trip',
    ms: (value: number) => `${value} ms`,
    perSecond: rate,
    window: 'window, bytes',
    speed: 'comes in, now',
    most: 'window ÷ round trip',
    read: 'read by the program',
    readBy: (perSecond: number) => (perSecond === 0 ? 'nobody reads' : `read, up to ${rate(perSecond)}`),
    receiveBuffer: 'receive buffer',
    unread: (bytes: number) => `${number(bytes)} unread`,
    open: (bytes: number) => (bytes === 0 ? 'window 0: shut' : `window ${number(bytes)}`),
    came: (bytes: number) => `${number(bytes)} came last`,
    sendBuffer: 'client’s send buffer',
    held: (bytes: number) => `${number(bytes)} held`,
    writeWaits: 'full: write() waits',
    summary: (seen: {
      ms: number
      window: number
      unread: number
      read: number
      speed: number
      waits: boolean
    }) =>
      `After ${number(seen.ms)} milliseconds: ${number(seen.unread)} bytes wait to be read, ${number(seen.read)} were. The window is ${seen.window === 0 ? 'shut' : `${number(seen.window)} bytes`}. Comes in: ${rate(seen.speed)}.${seen.waits ? ' The client’s write waits.' : ''}`,
  },
  flow: {
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
    noneYet: 'no connection yet',
    stuck: (waiting: number) => `first: stopped, ${number(waiting)} wait in its queue`,
    stuckFull: (dropped: number) => `first: stopped and full, ${connections(dropped)} dropped`,
    summary: ({ last, dealt, waiting, dropped }: FlowSeen, { asleep }: { asleep: number }, limit: number) => {
      const given = dealt.map(number).join(', ')
      const stuck = `The first socket’s owner is stopped: ${number(waiting)} wait in its queue, limit ${limit}; ${number(dropped)} dropped.`
      return `${last ? `From port ${last.port} to socket ${last.socket + 1}. ` : ''}Given to the sockets, in order: ${given}.${asleep ? ` ${stuck}` : ''}`
    },
  },
} as const
