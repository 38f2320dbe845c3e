/**
 * What opens when in a cohort: stored, changed by its instructors, asked for each learner. The rules are release.ts's. Which chapters there are is
 * for the caller to see to.
 */
import type { LabMeta } from '../labs/schema.ts'
import { note } from './audit.ts'
import { requireLiveCohort } from './cohorts.ts'
import type { Database, Transaction } from './database.ts'
import { badInput, notOpen } from './refusal.ts'
import { circleIn, type Item, type Openness, opennessOf, type ReleaseRule } from './release.ts'
import { requireCohort } from './standing.ts'
import { localOf, momentOf } from './time-zone.ts'
import type { Pacing, Person, ReleaseView } from './types.ts'

export type LabPlace = Pick<LabMeta, 'id'> & Partial<Pick<LabMeta, 'chapter'>>

export interface ReleaseInput {
  item: string
  /** As a clock in the cohort's zone says it; '' for none. */
  releaseAt: string
  requires: string[]
}

export function releases(db: Database, labs: readonly LabPlace[]) {
  const chapterOf = new Map(labs.map(({ id, chapter }) => [id, chapter]))

  return {
    openFor,

    /** @throws Refusal when it is not open for this person */
    async requireOpen(person: Person, item: Item): Promise<void> {
      const found = (await openFor(person))(item)
      if (!found.open) throw notOpen()
    },

    async releases(person: Person, cohortId: string): Promise<ReleaseView[]> {
      const { timeZone } = await requireCohort(db, person, 'cohort.release', cohortId)
      const rows = await db.release.findMany({ where: { cohortId } })
      return rows.map(({ kind, item, releaseAt, openedAt, requires }) => ({
        item: `${kind}:${item}`,
        releaseAt: releaseAt && localOf(timeZone, releaseAt),
        openedAt: openedAt?.toISOString() ?? null,
        requires,
      }))
    },

    async setPacing(person: Person, cohortId: string, pacing: Pacing): Promise<void> {
      await requireLiveCohort(db, person, 'cohort.release', cohortId)
      await db.$transaction(async (tx) => {
        await tx.cohort.update({ where: { id: cohortId }, data: { pacing } })
        await note(tx, person, { action: 'release.changed', cohortId, detail: { pacing } })
      })
    },

    /** By hand, now, or not any more. */
    async openItem(person: Person, cohortId: string, typed: string, isOpen: boolean): Promise<void> {
      const { kind, item } = readItem(typed)
      await requireLiveCohort(db, person, 'cohort.release', cohortId)
      const openedAt = isOpen ? new Date() : null
      await db.$transaction(async (tx) => {
        await tx.release.upsert({
          where: { cohortId_kind_item: { cohortId, kind, item } },
          create: { cohortId, kind, item, openedAt },
          update: { openedAt },
        })
        const detail = { item: typed, open: isOpen }
        await note(tx, person, { action: 'release.changed', cohortId, detail })
      })
    },

    /** Dates and prerequisites of all items at once. What is said of an item by hand stays. */
    async setReleases(person: Person, cohortId: string, inputs: ReleaseInput[]): Promise<void> {
      const { timeZone } = await requireLiveCohort(db, person, 'cohort.release', cohortId)
      const rules = new Map(inputs.map((input) => [input.item, ruleOf(input, timeZone)]))
      const circle = circleIn(rules)
      if (circle) throw circular(circle)
      await db.$transaction(async (tx) => {
        for (const [typed, rule] of rules) await store(tx, cohortId, typed, rule)
        await note(tx, person, { action: 'release.changed', cohortId, detail: { dates: inputs.length } })
      })
    },
  }

  /** How open each item is for somebody now: read once, asked as often as a page needs. */
  async function openFor(person: Person, now = new Date()): Promise<(item: Item) => Openness> {
    // The owner of the house sees what anybody does: there is nothing to ask.
    if (person.role === 'owner') return () => ({ open: true })
    const [enrollments, read, passed] = await Promise.all([
      db.enrollment.findMany({
        where: { personId: person.id },
        select: { role: true, cohort: { include: { releases: true } } },
      }),
      db.chapterRead.findMany({ where: { personId: person.id }, select: { chapter: true } }),
      db.verdict.findMany({
        where: { status: 'pass', attempt: { personId: person.id } },
        distinct: ['lab'],
        select: { lab: true },
      }),
    ])
    const courses = enrollments.map(({ role, cohort: { timeZone, pacing, releases: rows } }) => ({
      role,
      timeZone,
      pacing,
      rules: new Map(rows.map((row) => [`${row.kind}:${row.item}`, row])),
    }))
    const done = new Set([
      ...read.map(({ chapter }) => `chapter:${chapter}`),
      ...passed.map(({ lab }) => `lab:${lab}`),
    ])
    return (item) => {
      const chapter = item.startsWith('lab:') ? chapterOf.get(item.slice(4)) : undefined
      // What belongs to no chapter is no part of the course, like the playground: nobody paces it.
      if (item.startsWith('lab:') && !chapter) return { open: true }
      return opennessOf(courses, done, item, chapter ? `chapter:${chapter}` : null, now)
    }
  }
}

type DatedRule = Pick<ReleaseRule, 'releaseAt'> & { requires: string[] }

function ruleOf({ releaseAt, requires }: ReleaseInput, timeZone: string): DatedRule {
  const items = requires.map((one) => {
    const { kind, item } = readItem(one)
    return `${kind}:${item}`
  })
  return { releaseAt: releaseAt === '' ? null : momentOf(timeZone, releaseAt), requires: items }
}

/** An item of which nothing is said any more has no row, so that a lab goes with its chapter again. */
async function store(tx: Transaction, cohortId: string, typed: string, rule: DatedRule): Promise<void> {
  const { kind, item } = readItem(typed)
  const where = { cohortId_kind_item: { cohortId, kind, item } }
  if (rule.releaseAt === null && rule.requires.length === 0) {
    await tx.release.deleteMany({ where: { cohortId, kind, item, openedAt: null } })
    await tx.release.updateMany({ where: { cohortId, kind, item }, data: rule })
  } else await tx.release.upsert({ where, create: { cohortId, kind, item, ...rule }, update: rule })
}

export function readItem(typed: string): { kind: 'chapter' | 'lab'; item: string } {
  const [, kind, item] = /^(chapter|lab):([a-z0-9][a-z0-9-]{0,63})$/.exec(typed) ?? []
  if (item && (kind === 'chapter' || kind === 'lab')) return { kind, item }
  throw badInput('bad-item', 'That is no chapter and no lab. Nothing was changed.', 'Reload the page.')
}

const circular = (circle: string[]) =>
  badInput(
    'circular',
    `These prerequisites lead round in a circle: ${circle.join(' → ')}. Nothing was changed.`,
    'Take one of them away: nobody could ever open any of them.',
  )

export function readPacing(typed: string): Pacing {
  if (typed === 'open' || typed === 'dates' || typed === 'hand') return typed
  throw badInput('bad-pacing', 'That is no pacing. Nothing was changed.', 'Choose one of the list.')
}
