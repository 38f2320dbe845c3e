/**
 * Whether small visits are prompt beside the downloads: by what they took before the downloads began, and by what the downloads added to it on the broken machine,
 * under the same load. Pure; knows no kernel.
 */
import type { Evidence } from '../shop/evidence.ts'
import { type Visits, visitsOf } from './evidence.ts'

export interface Pace {
  idle: Visits
  loaded: Visits
}

export const paceOf = (evidence: Evidence): Pace => ({
  idle: visitsOf(evidence, 'idle'),
  loaded: visitsOf(evidence, 'loaded'),
})

/** What a visit may take, in milliseconds. */
export interface Bounds {
  connectMs: number
  totalMs: number
}

/** What the downloads add to the median visit. */
export const addedBy = ({ idle, loaded }: Pace): Bounds => ({
  connectMs: (loaded.connectMs ?? 0) - (idle.connectMs ?? 0),
  totalMs: (loaded.totalMs ?? 0) - (idle.totalMs ?? 0),
})

/** A fifth of the wait that was, to connect; a third to be answered, since Puma has a part in that, and a part of Puma's is the host's. */
export function boundsOf(before: Pace, { idle }: Pace): Bounds {
  const { connectMs, totalMs } = addedBy(before)
  return { connectMs: (idle.connectMs ?? 0) + connectMs / 5, totalMs: (idle.totalMs ?? 0) + totalMs / 3 }
}

/** The share of these visits that kept within the bounds. */
export const promptShare = ({ each }: Visits, { connectMs, totalMs }: Bounds): number =>
  each.length === 0
    ? 0
    : each.filter((one) => one.connectMs <= connectMs && one.totalMs <= totalMs).length / each.length

/** Some are unlucky: fq_codel puts one visit in sixty into the queue of a download, by its hash, and now and then a SYN is lost there. */
export const enough = 0.8

/** Where visits are held up before anybody downloads, no visit tells anything of the queue. */
export function isTelling(before: Pace, pace: Pace): boolean {
  const added = addedBy(before)
  const { connectMs, totalMs } = pace.idle
  const isQuick = (ms: number | null, wait: number) => ms !== null && ms < wait / 4
  const isSteady = promptShare(pace.idle, boundsOf(before, pace)) >= enough
  return isSteady && isQuick(connectMs, added.connectMs) && isQuick(totalMs, added.totalMs)
}
