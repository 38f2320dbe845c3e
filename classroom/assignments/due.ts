/**
 * What a learner still has to do, over all of their cohorts: the soonest first. By the stored grades, since it stands on the home page: three questions to the
 * database, however much there is. Knows no page.
 */
import type { Extension } from '../../prisma/client/client.ts'
import type { GradeState } from '../../prisma/client/enums.ts'
import type { Database } from '../database.ts'
import { datesFor } from '../grades/deadline.ts'
import type { Person } from '../types.ts'
import { closedBecause } from './closed.ts'
import { datesView, type MyDates } from './mine.ts'

export interface DueWork {
  id: string
  title: string
  cohort: { id: string; name: string; timeZone: string }
  dates: MyDates
  /** Labs of which nothing counts yet and something can still be done, of how many. */
  left: number
  labs: number
}

export function due(db: Database) {
  return {
    async dueWork(person: Person): Promise<DueWork[]> {
      const personId = person.id
      const rows = await db.assignment.findMany({
        where: {
          publishedAt: { not: null },
          cohort: { archivedAt: null, enrollments: { some: { personId, role: 'learner' } } },
        },
        include: { labs: true, cohort: { select: { id: true, name: true, timeZone: true } } },
      })
      const where = { personId, assignmentId: { in: rows.map(({ id }) => id) } }
      const [grades, extensions] = await Promise.all([
        db.grade.findMany({ where }),
        db.extension.findMany({ where }),
      ])
      return rows
        .map((row): DueWork => {
          const extension = extensions.find(({ assignmentId }) => assignmentId === row.id) ?? null
          const dates = datesFor(row, extension)
          const isLeft = ({ lab }: { lab: string }): boolean => {
            const grade = grades.find((one) => one.assignmentId === row.id && one.lab === lab)
            if (grade?.state === 'running') return true
            return (
              isUndone(grade?.state) &&
              closedBecause(dates, extension, noneLeft(row, extension, grade)) === null
            )
          }
          return {
            ...{ id: row.id, title: row.title, cohort: row.cohort },
            dates: datesView(row.cohort.timeZone, dates, row),
            left: row.labs.filter(isLeft).length,
            labs: row.labs.length,
          }
        })
        .filter(({ left }) => left > 0)
        .sort((a, b) => endOf(a) - endOf(b))
    },
  }
}

/** What could not be judged costs nothing, and is to be done again. */
const isUndone = (state: GradeState | undefined): boolean => state === undefined || state === 'error'

const noneLeft = (
  { maxAttempts }: { maxAttempts: number | null },
  extension: Extension | null,
  grade: { attempts: number } | undefined,
): boolean => maxAttempts !== null && (grade?.attempts ?? 0) >= maxAttempts + (extension?.extraAttempts ?? 0)

/** What has no end comes last; what is late already comes first. */
const endOf = ({ dates: { moments } }: DueWork): number =>
  moments.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(moments.dueAt)
