/**
 * What a lab's checks may ask of a sandbox, in our own words: the guest (the learner's server, which may lie) and the world (outside, which
 * may not). Knows no Docker, no protocol and no transport; `sandbox` implements it.
 */

/** The outcome of a script that ran as root in the guest. `exitCode` is 128 + signal when it was killed. */
export interface GuestRun {
  exitCode: number
  stdout: string
  stderr: string
  timedOut: boolean
  truncated: boolean
  ms: number
}

export interface Guest {
  /**
   * Runs a bash script as root, out of band: works when the learner has destroyed the network.
   * @throws InfrastructureError when the machine cannot be asked at all (dead VM, no agent). A failing script does not throw.
   */
  run(script: string, options?: { timeoutMs?: number; env?: Record<string, string> }): Promise<GuestRun>
}

/** One client's connection: when it starts, from where, what it asks, when it gives up. Times in ms since the plan's start. */
export interface PlannedRequest {
  kind?: 'http'
  atMs: number
  src: string
  method: 'GET' | 'POST'
  path: string
  connectTimeoutMs: number
  totalTimeoutMs: number
  bodyBytes?: number
  holdMs?: number
}

/**
 * Datagrams from `sources` consecutive addresses, as fast as they go or spread over `overMs`; then the server's collector is asked, by TCP at
 * `askPort`, which of them have arrived. The times count as in a request; `totalTimeoutMs` holds the sending too.
 */
export interface PlannedDatagrams {
  kind: 'datagrams'
  atMs: number
  src: string
  sources: number
  /** At most 10,000 here, and 40,000 in a plan. */
  count: number
  /** 16 to 1,400. */
  bytes: number
  port: number
  askPort: number
  connectTimeoutMs: number
  totalTimeoutMs: number
  overMs?: number
}

export type Planned = PlannedRequest | PlannedDatagrams

/** A seeded, bounded load: at most 2,000 requests and 120 s. The same plan is played before and after. */
export interface LoadPlan<P extends Planned = PlannedRequest> {
  dst: string
  port: number
  requests: P[]
}

export type Outcome =
  | 'ok'
  | 'http'
  | 'refused'
  | 'reset'
  | 'connect-timeout'
  | 'read-timeout'
  | 'closed'
  | 'error'
  /** Of datagrams alone: some have not arrived. */
  | 'lost'

/** What happened to one planned request, seen from the client. Times in microseconds from `atMs`; -1 where it did not happen. */
export interface RequestResult {
  outcome: Outcome
  status: number
  connectUs: number
  firstByteUs: number
  totalUs: number
  bytes: number
  /** The first 48 bytes of the body. */
  head: string
  /** Segments that this very connection had to send again; missing in evidence from before the world told it. */
  retransmits?: number
  /** Of datagrams alone: how many left. */
  sent?: number
  /** Of datagrams alone: how many of these the collector held; -1 when it could not be asked. */
  delivered?: number
}

/** The play of one plan, with the differences of the world's own kernel counters over it. */
export interface LoadResult {
  results: RequestResult[]
  netstat: { retransSegs: number; outRsts: number; inRsts: number; activeOpens: number; synRetrans: number }
  ms: number
  /** Missing where the host did not tell, and in evidence from before it was asked. */
  host?: HostTime
}

/** Told by the host’s kernel to the world: nobody in a guest can write it. */
export interface HostTime {
  /** Processors, on average over the play, that this sandbox had or could have had: all of the host's, less what others used. */
  left: number
}

/** What the world has done and seen beside its loads, since it began; all but `open` only grow. */
export interface WorldStats {
  /** Forged SYNs sent. */
  flood: { sent: number }
  /** The connections and requests of the server's application to its price service. */
  upstream: { accepted: number; requests: number; open: number; mostOpen: number }
  /** Packets between the far clients and the server: passed on, refused for the MTU, lost on purpose, dropped because a queue was full. */
  wan: { forwarded: number; tooBig: number; lost: number; dropped: number }
  /** Packets that the world's own queue to the server could not hold: no fault of the server's. */
  wire: { dropped: number }
}

/** The way between the far clients and the server. What is left out is as at the start: 1500 bytes, no delay, no loss. */
export interface Wan {
  mtu?: number
  /** Each way. */
  delayMs?: number
  /** Of a thousand packets, each way. */
  lossPermille?: number
}

/** Forged SYNs a second, at most 2,000. */
export interface Flood {
  pps: number
  dst: string
  port: number
}

/** The price service that the server's application asks, on the world's address at this port (1024 or above). */
export interface Upstream {
  port: number
  delayMs: number
  /** False: it closes after each answer. */
  keepAlive?: boolean
  /** So many connections are served at once, 512 at most; others wait in the kernel's queue. */
  limit?: number
}

export interface LoadOptions {
  /**
   * Gives up at the first segment that any client sends again: what is open then ends as its time-out, what had not begun as
   * `connect-timeout` with all times -1.
   */
  until?: 'retransmission'
}

export interface World {
  /** @throws InfrastructureError when the plan could not be played; a suffering client is a result, not an error. */
  load(plan: LoadPlan<Planned>, options?: LoadOptions): Promise<LoadResult>
  stats(): Promise<WorldStats>
}

/** The sandbox could not be asked or could not be trusted. Never the learner's fault, never a pass, never costs an attempt. */
export class InfrastructureError extends Error {
  override name = 'InfrastructureError'
}
