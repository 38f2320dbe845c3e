/**
 * A listening socket and its two queues: who is half open, who waits for accept(), who is turned away and what the counters say of it. Counts
 * clients one by one, in steps of a tenth of a second, which is also the round trip. Knows no packet but those of the handshake.
 *
 * The rules are the kernel's (6.12). Of a SYN (tcp_conn_request, net/ipv4/tcp_input.c), in this order: half-open over the listener's limit, then
 * a cookie or a drop; accept queue full, a drop; without cookies the last quarter of tcp_max_syn_backlog, a drop without a counter of its own. Of a
 * final ACK (tcp_v4_syn_recv_sock, net/ipv4/tcp_ipv4.c): accept queue full, it is ignored. Full is greater than the limit, in both queues
 * (sk_acceptq_is_full, inet_csk_reqsk_queue_is_full). How long a half-open one may stay: reqsk_timer_handler (net/ipv4/inet_connection_sock.c).
 */
import { type Client, expire, newClients, nextTry, patience } from './clients.ts'

export interface QueueSettings {
  [knob: string]: number
  /** What listen() stored: the smaller of its backlog and somaxconn. */
  limit: number
  /** Clients a second. */
  clients: number
  /** They come all at once, at the beginning of each second. */
  together: number
  /** What the server accepts in a second. */
  accepts: number
  /** SYNs a second that nobody will ever complete. */
  forged: number
  cookies: number
  /** net.ipv4.tcp_max_syn_backlog */
  synBacklog: number
}

export interface QueueCounters {
  overflows: number
  drops: number
  doCookies: number
  fullDrop: number
}

export interface QueueState {
  /** Tenths of a second. */
  t: number
  /** Everybody who is not in the accept queue yet; forged ones as long as they are remembered. */
  clients: Client[]
  /** The accept queue: Recv-Q of ss -lnt. */
  waiting: number
  accepted: number
  gaveUp: number
  /** SYNs that got no answer. */
  synsDropped: number
  /** Packets with the final ACK that were ignored. */
  acksIgnored: number
  counters: QueueCounters
}

export const ticks = 10
const end = 120 * ticks

export const startQueues = (): QueueState => ({
  t: 0,
  clients: [],
  waiting: 0,
  accepted: 0,
  gaveUp: 0,
  synsDropped: 0,
  acksIgnored: 0,
  counters: { overflows: 0, drops: 0, doCookies: 0, fullDrop: 0 },
})

/** Requests that the kernel remembers: what ss -tn state syn-recv counts. */
export const halfOpen = ({ clients }: QueueState): number => clients.filter(remembered).length

/** Those whose connect() has not returned. */
export const inConnect = ({ clients }: QueueState): number =>
  clients.filter(({ stage, honest }) => honest && stage === 'syn').length

/** Those who believe that they are connected, and are not. */
export const mistaken = ({ clients, t }: QueueState): number =>
  clients.filter(({ stage, honest, since }) => honest && stage !== 'syn' && t - since > 1).length

const remembered = ({ stage }: Client): boolean => stage === 'half'

export const queuesSettled = ({ t }: QueueState): boolean => t >= end

/** A tenth of a second: accept, old requests expire, ACKs and what repeats them, then SYNs. */
export function stepQueues(state: QueueState, settings: QueueSettings): QueueState {
  if (queuesSettled(state)) return state
  const tick = new Tick(state, settings)
  tick.accept()
  tick.expire()
  tick.knock()
  tick.syns()
  return tick.after()
}

/** The state while it changes within one step; nobody outside sees it half done. */
class Tick {
  private readonly counters: QueueCounters
  private clients: Client[]
  private waiting: number
  private accepted: number
  private gaveUp: number
  private synsDropped: number
  private acksIgnored: number
  private half: number

  constructor(
    private readonly state: QueueState,
    private readonly settings: QueueSettings,
  ) {
    this.counters = { ...state.counters }
    this.clients = state.clients.map((client) => ({ ...client }))
    this.waiting = state.waiting
    this.accepted = state.accepted
    this.gaveUp = state.gaveUp
    this.synsDropped = state.synsDropped
    this.acksIgnored = state.acksIgnored
    this.half = halfOpen(state)
  }

  accept(): void {
    const taken = Math.min(this.waiting, this.settings.accepts / ticks)
    this.waiting -= taken
    this.accepted += taken
  }

  /** The kernel forgets old requests, clients lose patience. */
  expire(): void {
    const { t } = this.state
    const forgotten = expire(this.clients, t, this.settings.limit)
    const left = (client: Client) => client.honest && t - client.born >= patience
    this.gaveUp += this.clients.filter(
      (client) => client.honest && (forgotten.has(client) || left(client)),
    ).length
    this.clients = this.clients.filter((client) => !forgotten.has(client) && !left(client))
    this.half = this.clients.filter(remembered).length
  }

  /** Every packet of a client that believes to be connected carries an ACK, and each of them is another try to get in. */
  knock(): void {
    this.clients = this.clients.filter((client) => {
      while (client.honest && client.stage !== 'syn' && client.due === this.state.t) {
        if (this.finalAck(client)) return false
        nextTry(client)
      }
      return true
    })
  }

  private finalAck(client: Client): boolean {
    if (this.isFull()) {
      this.counters.overflows++
      this.counters.drops++
      this.acksIgnored++
      return false
    }
    this.waiting++
    if (remembered(client)) this.half--
    return true
  }

  syns(): void {
    const again = this.clients.filter(({ stage, due }) => stage === 'syn' && due === this.state.t)
    const fresh = newClients(this.state.t, this.settings)
    for (const client of [...again, ...fresh]) this.syn(client)
    const stays = ({ honest, stage }: Client) => honest || stage === 'half'
    this.clients.push(...fresh.filter(stays))
  }

  private syn(client: Client): void {
    const answer = this.answerTo()
    if (answer === 'none') {
      nextTry(client)
      return
    }
    if (answer === 'half') this.half++
    Object.assign(client, { stage: answer, since: this.state.t, tries: 0, due: this.state.t + 1 })
  }

  /** tcp_conn_request, check by check. */
  private answerTo(): 'half' | 'cookie' | 'none' {
    const { limit, cookies, synBacklog } = this.settings
    const wantsCookie = this.half > limit
    if (wantsCookie && !cookies) return this.drop('fullDrop')
    if (wantsCookie) this.counters.doCookies++
    if (this.isFull()) return this.drop('overflows')
    if (!cookies && synBacklog - this.half < synBacklog >> 2) return this.drop()
    return wantsCookie ? 'cookie' : 'half'
  }

  private drop(counter?: 'fullDrop' | 'overflows'): 'none' {
    if (counter) this.counters[counter]++
    this.counters.drops++
    this.synsDropped++
    return 'none'
  }

  private isFull = (): boolean => this.waiting > this.settings.limit

  after(): QueueState {
    const { clients, waiting, accepted, gaveUp, synsDropped, acksIgnored, counters } = this
    return { t: this.state.t + 1, clients, waiting, accepted, gaveUp, synsDropped, acksIgnored, counters }
  }
}
