/**
 * How far someone is: chapters read, labs passed. Knows no order of chapters and no grade.
 */
import type { Database } from './database.ts'
import { badInput } from './refusal.ts'
import type { Person, Progress } from './types.ts'

const slug = /^[a-z0-9][a-z0-9-]{0,63}$/

export function progress(db: Database) {
  return {
    async progress(person: Person): Promise<Progress> {
      const [read, passed] = await Promise.all([
        db.chapterRead.findMany({ where: { personId: person.id }, orderBy: { readAt: 'asc' } }),
        db.attempt.findMany({
          where: { personId: person.id, verdicts: { some: { status: 'pass' } } },
          distinct: ['lab'],
          select: { lab: true },
          orderBy: { lab: 'asc' },
        }),
      ])
      return { chaptersRead: read.map((row) => row.chapter), labsPassed: passed.map((row) => row.lab) }
    },

    /** Marking twice is once: the first time stays. */
    async markRead(person: Person, chapter: string): Promise<void> {
      if (!slug.test(chapter)) {
        throw badInput(
          'unknown-chapter',
          'That is not the name of a chapter.',
          'Open the chapter from the course page.',
        )
      }
      await db.chapterRead.createMany({ data: [{ personId: person.id, chapter }], skipDuplicates: true })
    },
  }
}
