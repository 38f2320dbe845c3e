/**
 * What the world's clients saw of the shop: nobody in the guest has a hand in this, except by serving them. Knows no single lab.
 */
import { createHash } from 'node:crypto'
import type { LoadResult, RequestResult } from '../../grader/guest.ts'
import type { Evidence } from './evidence.ts'

export interface Clients {
  all: number
  served: number
  /** Answers of the right status whose body the shop would not have given. */
  untrue: number
  turnedAway: number
  silent: number
  retransmitted: number
  p95Ms: number | null
  /** Time to the first byte of the lone first request: a page of the shop waits for its storage. */
  idlePageMs: number | null
  ms: number
}

export function clientsOf({ load, asked }: Evidence): Clients {
  const told = load.results
    .map((result, i) => ({ ...result, path: asked[i]?.path ?? '' }))
    .filter((_, i) => asked[i]?.datagrams === undefined)
  const complete = told.filter(({ outcome }) => outcome === 'ok')
  const served = complete.filter(({ head, path }) => head.startsWith(trueHead(path)))
  const first = told[0]
  return {
    all: told.length,
    served: served.length,
    untrue: complete.length - served.length,
    turnedAway: told.filter(({ outcome }) => outcome === 'reset' || outcome === 'refused').length,
    silent: told.filter(isSilent).length,
    retransmitted: retransmitted(load),
    p95Ms: percentile(
      served.map(({ totalUs }) => totalUs / 1000),
      0.95,
    ),
    idlePageMs: first?.outcome === 'ok' ? first.firstByteUs / 1000 : null,
    ms: load.ms,
  }
}

/** By connection where the world can tell: the kernel's total also has the last cries of connections given up before this load. */
function retransmitted({ results, netstat }: LoadResult): number {
  const each = results.map(({ retransmits }) => retransmits)
  if (each.includes(undefined)) return netstat.retransSegs
  return each.reduce<number>((sum, one) => sum + (one ?? 0), 0)
}

const isSilent = ({ outcome }: RequestResult): boolean =>
  outcome === 'connect-timeout' || outcome === 'read-timeout'

export function percentile(values: number[], share: number): number | null {
  const sorted = values.sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return value === undefined ? null : Math.round(value)
}

/** What the shop's answer begins with: recomputed from the shop's own rule, so that somebody who answers anything is seen. */
export function trueHead(path: string): string {
  const seal = createHash('sha256').update(`shop-7 ${path}`).digest('hex').slice(0, 16)
  return path === '/' ? `<!doctype html>\n<!-- ${seal} -->` : `${seal} `
}
