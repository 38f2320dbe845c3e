/**
 * What the map shows, made of the last minutes' readings: how full each stage is, what it loses now, and what it has lost in the window. Pure;
 * knows no drawing and no words. A gauge is what was true at the moment of a reading: a queue that filled and emptied between two of them is
 * seen in the counters alone.
 */
import { type StageId, stages } from '#/labs/stages.ts'
import {
  type CounterNow,
  type Fill,
  lossesBetween,
  type StageNow,
  stagesNow,
} from '#/sandbox/counters/derive.ts'
import type { CountersSecond } from '#/sandbox/counters/schema.ts'

/** One reading, by stage; null where the guest has not answered. */
export interface Moment {
  /** Seconds, on the world's clock. */
  t: number
  stages: StageNow[] | null
  /** How many were lost since the reading before; null: there is nothing to compare with. */
  lost: ((stage: StageId) => number | null) | null
}

export interface StageView {
  id: StageId
  name: string
  fill: Fill | null
  /** Of the limit; null: no fill, or no limit is known. Above 1 when more waits than the limit says. */
  share: number | null
  full: boolean
  /** Descriptors of a ring: how many are taken nobody counts. */
  size: number | null
  flow: number | null
  /** Lost by the second, at this reading. */
  lost: number | null
  /** Whether something is lost now, or was a few seconds ago. */
  lit: 'now' | 'recent' | null
  /** Lost since the window began; null: not counted here. */
  lostInWindow: number | null
  counters: CounterNow[]
}

export interface MapView {
  t: number
  stages: StageView[]
}

/** So long a drop stays lit after it happened. */
const recentSeconds = 10

/** Null before the guest has answered for the first time. */
export function mapView(seconds: readonly CountersSecond[]): MapView | null {
  const now = seconds.findLast(({ guest }) => guest !== null)
  if (!now) return null
  const moments = momentsOf(seconds.filter(({ generation }) => generation === now.generation))
  const latest = moments.findLast(({ stages }) => stages !== null)
  const clock = (seconds.at(-1)?.t ?? now.t) / 1000
  return {
    t: now.t / 1000,
    stages: stages.map(({ id, name }) => {
      const one = stageIn(latest, id)
      return {
        id,
        name,
        fill: one?.fill ?? null,
        share: one?.fill ? shareOf(one.fill) : null,
        full: one?.fill ? isFull(id, one.fill) : false,
        size: id === 'ring' ? (now.guest?.nic?.ring?.rx ?? null) : null,
        flow: one?.flow ?? null,
        lost: one?.lost ?? null,
        lit: litAt(moments, id, clock),
        lostInWindow: lostIn(moments, id),
        counters: one?.counters ?? [],
      }
    }),
  }
}

/** Each reading is compared with the last one before it that the guest has answered: a gap loses no losses. */
export function momentsOf(seconds: readonly CountersSecond[]): Moment[] {
  let before: CountersSecond | null = null
  return seconds.map((now) => {
    const moment = momentOf(before, now)
    if (now.guest) before = now
    return moment
  })
}

export const stageIn = (moment: Moment | undefined, id: StageId): StageNow | undefined =>
  moment?.stages?.find(({ stage }) => stage === id)

export function shareOf({ used, limit }: Fill): number | null {
  return limit ? used / limit : null
}

/**
 * One more than the number fits where the kernel asks `>`: sk_acceptq_is_full (include/net/sock.h) and enqueue_to_backlog (net/core/dev.c). The SYN
 * queue's limit is of two kinds, of which the one without cookies is reached when it is equal: it is called full there, too.
 */
export function isFull(id: StageId, { used, limit }: Fill): boolean {
  if (limit === null) return false
  return id === 'accept-queue' || id === 'softirq' ? used > limit : used > 0 && used >= limit
}

/** Stages that begin to lose: they are said aloud, once. To whoever has just come, those that did a moment ago are new as well. */
export function beginsToLose(before: MapView | null, now: MapView): StageView[] {
  if (!before) return now.stages.filter(({ lit }) => lit)
  const calm = (id: StageId) => !before.stages.find((stage) => stage.id === id)?.lit
  return now.stages.filter(({ id, lit }) => lit === 'now' && calm(id))
}

function litAt(moments: Moment[], id: StageId, now: number): StageView['lit'] {
  const last = moments.findLast((moment) => (stageIn(moment, id)?.lost ?? 0) > 0)
  if (!last) return null
  if (last.t === now) return 'now'
  return now - last.t <= recentSeconds ? 'recent' : null
}

/** Since this machine began or the window did, reading by reading: a counter that began anew in between costs that one step only. */
function lostIn(moments: Moment[], id: StageId): number | null {
  const counts = moments.map(({ lost }) => lost?.(id) ?? null).filter((count) => count !== null)
  return counts.length > 0 ? counts.reduce((all, count) => all + count, 0) : null
}

/** The guest has not answered for longer than it may be busy: since when, in seconds of the world's clock. Null: it answers. */
export function silentFor(seconds: readonly CountersSecond[]): number | null {
  const [last, answered] = [seconds.at(-1), seconds.findLast(({ guest }) => guest !== null)]
  if (!last || last.guest) return null
  const silence = (last.t - (answered ?? seconds[0] ?? last).t) / 1000
  return silence >= silentSeconds ? silence : null
}
const silentSeconds = 5

/** A reading does not change, and is looked at for two minutes: it is worked out once. */
const known = new WeakMap<CountersSecond, { before: CountersSecond | null; moment: Moment }>()

function momentOf(before: CountersSecond | null, now: CountersSecond): Moment {
  const kept = known.get(now)
  if (kept?.before === before) return kept.moment
  const lost = before && now.guest ? lossesBetween(before, now) : null
  const moment = { t: now.t / 1000, stages: stagesNow(before, now), lost }
  known.set(now, { before, moment })
  return moment
}
