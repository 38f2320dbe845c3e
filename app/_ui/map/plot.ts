/** A stage over the last minutes: what is drawn, its axis, its line and its losses. Pure arithmetic, no drawing. */
import type { StageId } from '#/labs/stages.ts'
import { niceCeiling, windowSeconds } from '../workbench/world.ts'
import { type Moment, stageIn } from './model.ts'

export interface Point {
  t: number
  v: number
}

export interface Series {
  /** What the line is: how much waits, or, where nobody counts that, what passes by the second. Null: neither is counted here. */
  of: 'fill' | 'flow' | null
  points: Point[]
  /** The limit in force at the last reading; null: none is known. */
  limit: number | null
  /** Where the axis ends. */
  top: number
  /** Lost by the second; only moments with losses. */
  lost: Point[]
  lostTop: number
}

export function seriesOf(moments: readonly Moment[], id: StageId): Series {
  const all = moments.flatMap((moment) => {
    const stage = stageIn(moment, id)
    return stage ? [{ t: moment.t, stage }] : []
  })
  const last = all.at(-1)?.stage
  const of = last?.fill ? 'fill' : all.some(({ stage }) => stage.flow !== null) ? 'flow' : null
  const points = all.flatMap(({ t, stage }) => {
    const v = of === 'fill' ? stage.fill?.used : of === 'flow' ? stage.flow : null
    return v == null ? [] : [{ t, v }]
  })
  const lost = all.flatMap(({ t, stage }) => (stage.lost ? [{ t, v: stage.lost }] : []))
  const limit = of === 'fill' ? (last?.fill?.limit ?? null) : null
  const most = Math.max(0, ...points.map(({ v }) => v))
  return {
    of,
    points,
    limit,
    top: axisTop(most, limit),
    lost,
    lostTop: niceCeiling(Math.max(1, ...lost.map(({ v }) => v))),
  }
}

/** A short queue's limit is always in sight, a long one's once a tenth is used: before that, what little there is would be a flat line. */
function axisTop(most: number, limit: number | null): number {
  const inSight = limit !== null && limit <= Math.max(shortQueue, most * 10)
  return inSight ? Math.max(limit, most) * 1.1 : niceCeiling(Math.max(1, most))
}
const shortQueue = 20

export interface Area {
  left: number
  top: number
  width: number
  height: number
}

export const xOf = ({ left, width }: Area, now: number, t: number): number =>
  left + width * (1 - (now - t) / windowSeconds)
export const yOf = ({ top, height }: Area, end: number, v: number): number =>
  top + height * (1 - Math.min(v, end) / end)

/** Readings that are further apart have a gap between them: the guest did not answer, or nobody looked. */
const gapSeconds = 3

export function linePath(points: readonly Point[], area: Area, now: number, end: number): string {
  return points
    .map(({ t, v }, at) => {
      const before = points[at - 1]
      const start = !before || t - before.t > gapSeconds
      return `${start ? 'M' : 'L'}${xOf(area, now, t).toFixed(1)} ${yOf(area, end, v).toFixed(1)}`
    })
    .join('')
}
