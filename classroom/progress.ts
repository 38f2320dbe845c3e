/**
 * How far someone is: chapters read, labs passed, where they stopped reading. Knows no order of chapters and no grade.
 */
import type { Database } from './database.ts'
import { badInput } from './refusal.ts'
import type { RequireOpen } from './release.ts'
import type { Person, Progress } from './types.ts'

const slug = /^[a-z0-9][a-z0-9-]{0,63}$/

export function progress(db: Database, requireOpen: RequireOpen) {
  return {
    async progress(person: Person): Promise<Progress> {
      const [read, passed, places] = await Promise.all([
        db.chapterRead.findMany({ where: { personId: person.id }, orderBy: { readAt: 'asc' } }),
        db.verdict.findMany({
          where: { status: 'pass', attempt: { personId: person.id } },
          distinct: ['lab'],
          select: { lab: true },
          orderBy: { lab: 'asc' },
        }),
        db.readingPlace.findMany({ where: { personId: person.id }, orderBy: { at: 'desc' } }),
      ])
      return {
        chaptersRead: read.map((row) => row.chapter),
        labsPassed: passed.map((row) => row.lab),
        places: places.map(({ chapter, anchor, at }) => ({ chapter, anchor, at: at.toISOString() })),
      }
    },

    /** When the last of these chapters was read or the last of these labs first passed; null while one is missing. */
    async completedAt(person: Person, course: { chapters: string[]; labs: string[] }): Promise<Date | null> {
      const [read, passed] = await Promise.all([
        db.chapterRead.findMany({ where: { personId: person.id, chapter: { in: course.chapters } } }),
        db.verdict.findMany({
          where: { status: 'pass', lab: { in: course.labs }, attempt: { personId: person.id } },
          select: { createdAt: true, lab: true },
          orderBy: { createdAt: 'asc' },
        }),
      ])
      const first = new Map(passed.toReversed().map(({ lab, createdAt }) => [lab, createdAt]))
      if (read.length < course.chapters.length || first.size < course.labs.length) return null
      const times = [...read.map(({ readAt }) => readAt), ...first.values()].map((time) => time.getTime())
      return times.length === 0 ? null : new Date(Math.max(...times))
    },

    /** Marking twice is once: the first time stays. */
    async markRead(person: Person, chapter: string): Promise<void> {
      requireChapter(chapter)
      await requireOpen(person, `chapter:${chapter}`)
      await db.chapterRead.createMany({ data: [{ personId: person.id, chapter }], skipDuplicates: true })
    },

    async markUnread(person: Person, chapter: string): Promise<void> {
      requireChapter(chapter)
      await db.chapterRead.deleteMany({ where: { personId: person.id, chapter } })
    },

    /** The last one counts, from whatever device it comes. Whether the chapter has that heading is for the caller to see to. */
    async keepPlace(person: Person, chapter: string, anchor: string): Promise<void> {
      requireChapter(chapter)
      if (anchor.length < 1 || anchor.length > 200 || anchor.includes('\0')) throw noSuchPlace()
      const place = { anchor, at: new Date() }
      await db.readingPlace.upsert({
        where: { personId_chapter: { personId: person.id, chapter } },
        create: { personId: person.id, chapter, ...place },
        update: place,
      })
    },
  }
}

function requireChapter(chapter: string): void {
  if (slug.test(chapter)) return
  throw badInput(
    'unknown-chapter',
    'That is not the name of a chapter.',
    'Open the chapter from the course page.',
  )
}

const noSuchPlace = () =>
  badInput('unknown-place', 'This chapter has no such heading.', 'Reload the chapter.')
