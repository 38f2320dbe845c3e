/**
 * Connections dealt to the listening sockets of one port, one client port after another. Knows what the kernel looks at, the hash, and what it
 * does not, whether anybody accepts: a socket whose owner sleeps keeps its share, up to one more than its limit (sk_acceptq_is_full,
 * include/net/sock.h), and after that the SYN is dropped. All others accept at once.
 */
import { type FourTuple, flowHash, reciprocalScale } from './hash.ts'

export interface FlowSettings {
  [knob: string]: number
  sockets: number
  /** Which of the secrets the kernel drew at boot. */
  boot: number
  /** The first socket's owner is stopped. */
  asleep: number
}

export interface FlowState {
  port: number
  last: { port: number; hash: number; socket: number } | null
  /** Connections that each socket was given, those that were dropped there included. */
  dealt: number[]
  /** In the accept queue of the first socket, while its owner sleeps. */
  waiting: number
  dropped: number
}

export const firstPort = 32768
/** One machine's limit, as recorded for the lab reuseport (seed 2). */
export const limit = 77
const most = 400

/** Sixteen boots. The first was looked for: with it the forty connections of the chapter's fifth line are dealt as they were there. */
export const secrets: readonly number[] = Array.from(
  { length: 16 },
  (_, boot) => (0x79fc7fd5 + boot * 0x9e3779b1) % 2 ** 32,
)

export const startFlow = ({ sockets }: FlowSettings): FlowState => ({
  port: firstPort,
  last: null,
  dealt: Array.from({ length: sockets }, () => 0),
  waiting: 0,
  dropped: 0,
})

/** A client on this port connects. A port that connect() draws is even (__inet_hash_connect prefers those). */
export const tupleOf = (farPort: number): FourTuple => ({
  localAddress: '198.18.0.2',
  localPort: 80,
  farAddress: '198.18.4.1',
  farPort,
})

export function stepFlow(state: FlowState, settings: FlowSettings): FlowState {
  if (flowSettled(state)) return state
  const hash = flowHash(tupleOf(state.port), secrets[settings.boot - 1] ?? 0)
  const socket = reciprocalScale(hash, settings.sockets)
  const dealt = state.dealt.map((count, index) => (index === socket ? count + 1 : count))
  const next = { ...state, port: state.port + 2, last: { port: state.port, hash, socket }, dealt }
  // Who wakes up accepts all that wait.
  if (!settings.asleep) return { ...next, waiting: 0 }
  if (socket !== 0) return next
  return state.waiting > limit
    ? { ...next, dropped: state.dropped + 1 }
    : { ...next, waiting: state.waiting + 1 }
}

export const flowSettled = ({ port }: FlowState): boolean => port >= firstPort + 2 * most
