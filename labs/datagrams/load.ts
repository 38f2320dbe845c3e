/**
 * What the world sends to a server with a telemetry collector: bursts of datagrams, and visits to the shop beside them. Pure; knows no single lab.
 */
import type { LoadPlan, Planned, PlannedDatagrams, PlannedRequest } from '../../grader/guest.ts'
import type { Random } from '../random.ts'

const collector = { port: 8125, askPort: 8126 }

export interface Volley {
  atMs: number
  /** The first of so many consecutive addresses. */
  src: string
  sources: number
  count: number
  bytes: number
  /** Spread over so long; all at once without it. */
  overMs?: number
}

/** Of a plan sorted by time. */
export const planOf = (requests: Planned[]): LoadPlan<Planned> => ({
  dst: '198.18.0.2',
  port: 80,
  requests: [...requests].sort((a, b) => a.atMs - b.atMs),
})

/** The collector is asked after the burst, through the same ring: patience covers a question that had to be sent again. */
export const volley = (one: Volley, patienceMs: number): PlannedDatagrams => ({
  kind: 'datagrams',
  ...one,
  ...collector,
  connectTimeoutMs: patienceMs,
  totalTimeoutMs: patienceMs + (one.overMs ?? 0),
})

export function visit(draw: Random, atMs: number, totalTimeoutMs: number, path?: string): PlannedRequest {
  return {
    atMs,
    src: `198.18.${16 + draw.int(0, 15)}.${draw.int(1, 254)}`,
    method: 'GET',
    path: path ?? `/items/${draw.int(1, 999)}`,
    connectTimeoutMs: totalTimeoutMs,
    totalTimeoutMs,
  }
}

/** Datagrams of a plan: all of them, and the most that come at once. */
export const datagramsIn = ({ requests }: LoadPlan<Planned>): number =>
  requests.reduce((sum, one) => sum + (one.kind === 'datagrams' ? one.count : 0), 0)
