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
  atMs: number
  src: string
  method: 'GET' | 'POST'
  path: string
  connectTimeoutMs: number
  totalTimeoutMs: number
  bodyBytes?: number
  holdMs?: number
}

/** A seeded, bounded load: at most 2,000 requests and 120 s. The same plan is played before and after. */
export interface LoadPlan {
  dst: string
  port: number
  requests: PlannedRequest[]
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
}

/** The play of one plan, with the differences of the world's own kernel counters over it. */
export interface LoadResult {
  results: RequestResult[]
  netstat: { retransSegs: number; outRsts: number; inRsts: number; activeOpens: number; synRetrans: number }
  ms: number
}

export interface World {
  /** @throws InfrastructureError when the plan could not be played; a suffering client is a result, not an error. */
  load(plan: LoadPlan): Promise<LoadResult>
}

/** The sandbox could not be asked or could not be trusted. Never the learner's fault, never a pass, never costs an attempt. */
export class InfrastructureError extends Error {
  override name = 'InfrastructureError'
}
