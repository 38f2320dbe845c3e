/**
 * The clients of the two queues: when they come, when they try again, and when kernel or client gives up. Times are tenths of a second and
 * Linux's own (6.12): a SYN is repeated by tcp_syn_linear_timeouts and then doubling (net/ipv4/tcp_timer.c), an ignored request as the chapter's
 * tcpdump shows it, together with the ACKs to the server's own repetitions.
 */
export interface Client {
  honest: boolean
  born: number
  /** syn: not answered. half: the server remembers it. cookie: answered, and nothing remembered. */
  stage: 'syn' | 'half' | 'cookie'
  /** When its SYN was answered. */
  since: number
  tries: number
  /** Its next packet. */
  due: number
}

interface Coming {
  clients: number
  together: number
  forged: number
}

const second = 10
/** Who has waited so long goes. */
export const patience = 30 * second

/** Since the first SYN. */
const synAt = [0, 10, 20, 30, 40, 50, 70, 110, 190]
/** Since the SYN-ACK: ACK and request, the request again, and (where the server remembers, so repeats its SYN-ACK) the ACK again. */
const ackAt = {
  half: [1, 1, 3, 5, 10, 11, 19, 32, 37, 72, 73, 145, 152],
  cookie: [1, 1, 3, 5, 10, 19, 37, 73, 145],
}
const never = Number.POSITIVE_INFINITY

export function nextTry(client: Client): void {
  client.tries++
  const at = client.stage === 'syn' ? synAt[client.tries] : ackAt[client.stage][client.tries]
  client.due = at === undefined ? never : at + (client.stage === 'syn' ? client.born : client.since)
}

/** Who comes in this tick, honest and forged in turns. */
export function newClients(t: number, { clients, together, forged }: Coming): Client[] {
  const honest = together ? (t % second === 0 ? clients : 0) : clients / second
  const all = honest + forged / second
  return Array.from({ length: all }, (_, index) => {
    const isHonest = Math.floor(((index + 1) * honest) / all) > Math.floor((index * honest) / all)
    return { honest: isHonest, born: t, stage: 'syn' as const, since: t, tries: 0, due: t }
  })
}

/** reqsk_timer_handler fires when the SYN-ACK would be repeated, at these ages. After the last of them a request is forgotten. */
const timerAt = [10, 30, 70, 150, 310, 630]
const synackRetries = 5

/** Those whose timer fires now and finds that they have been asked often enough. */
export function expire(clients: Client[], t: number, limit: number): Set<Client> {
  const half = clients.filter(({ stage }) => stage === 'half')
  const young = half.filter(({ since }) => t - since <= second).length
  const most = retries(half.length, young, limit)
  return new Set(
    half.filter(({ since }) => {
      const repeated = timerAt.indexOf(t - since)
      return repeated >= most
    }),
  )
}

/** When more than half of the limit is taken, the old are given fewer repetitions, down to two, until the young have room. */
function retries(half: number, young: number, limit: number): number {
  if (half * 2 <= Math.max(8, limit)) return synackRetries
  let left = synackRetries
  for (let room = young * 2; left > 2 && half >= room; room *= 2) left--
  return left
}
