/**
 * Whether a chapter or a lab is open for somebody: all at once, by dates and prerequisites, or when an instructor opens it. A lab for which nothing
 * is said is as open as its chapter. Pure; knows no database and no texts.
 */
import type { CohortRole, Pacing, Person } from './types.ts'

/** `chapter:SLUG` or `lab:ID`. */
export type Item = `chapter:${string}` | `lab:${string}`

/** Refuses what is not open for this person. */
export type RequireOpen = (person: Person, item: Item) => Promise<void>

export interface ReleaseRule {
  releaseAt: Date | null
  openedAt: Date | null
  requires: readonly string[]
}

/** One cohort of somebody's. */
export interface Course {
  role: CohortRole
  timeZone: string
  pacing: Pacing
  rules: ReadonlyMap<string, ReleaseRule>
}

export type Openness =
  | { open: true }
  | {
      open: false
      /** Null: no date is set. */
      until: Date | null
      /** In whose zone that is said. */
      timeZone: string
      /** What is to be done before. */
      missing: string[]
      /** An instructor will open it. */
      byHand: boolean
    }

const open: Openness = { open: true }

/**
 * @param courses all cohorts of this person: what is open in one of them is open
 * @param done what they have read and passed
 * @param parent the chapter of a lab
 */
export function opennessOf(
  courses: readonly Course[],
  done: ReadonlySet<string>,
  item: Item,
  parent: Item | null,
  now: Date,
): Openness {
  // Nobody teaches somebody who is in no cohort: they have the whole course.
  if (courses.length === 0) return open
  const found = courses.map((course) => inCourse(course, done, item, parent, now))
  return found.find((one) => one.open) ?? found.toSorted(soonest)[0] ?? open
}

function inCourse(
  { role, timeZone, pacing, rules }: Course,
  done: ReadonlySet<string>,
  item: Item,
  parent: Item | null,
  now: Date,
): Openness {
  if (role !== 'learner' || pacing === 'open') return open
  const rule = rules.get(item) ?? (parent ? rules.get(parent) : undefined)
  if (pacing === 'hand') {
    const isOpened = rule?.openedAt != null && rule.openedAt <= now
    return isOpened ? open : { open: false, until: null, timeZone, missing: [], byHand: true }
  }
  const until = rule?.releaseAt && rule.releaseAt > now ? rule.releaseAt : null
  const missing = rule?.requires.filter((one) => !done.has(one)) ?? []
  return until || missing.length > 0 ? { open: false, until, timeZone, missing, byHand: false } : open
}

/** Of two cohorts the one in which less stands between. */
function soonest(a: Openness, b: Openness): number {
  if (a.open || b.open) return 0
  const byDate = (a.until?.getTime() ?? 0) - (b.until?.getTime() ?? 0)
  return Number(a.byHand) - Number(b.byHand) || byDate || a.missing.length - b.missing.length
}

/** The first way round that prerequisites would lead, as items; null when each can be reached. */
export function circleIn(rules: ReadonlyMap<string, Pick<ReleaseRule, 'requires'>>): string[] | null {
  const done = new Set<string>()
  const follow = (item: string, path: string[]): string[] | null => {
    if (path.includes(item)) return [...path.slice(path.indexOf(item)), item]
    if (done.has(item)) return null
    for (const next of rules.get(item)?.requires ?? []) {
      const circle = follow(next, [...path, item])
      if (circle) return circle
    }
    done.add(item)
    return null
  }
  for (const item of rules.keys()) {
    const circle = follow(item, [])
    if (circle) return circle
  }
  return null
}
