/** What a learner still has to do, over all of their cohorts: the soonest first. Knows no page. */
import type { CohortView, Person } from '../types.ts'
import type { MyAssignment, MyLab } from './mine.ts'

export interface DueWork {
  cohort: Pick<CohortView, 'id' | 'name'>
  mine: MyAssignment
  /** Labs of which nothing counts yet and something can still be done. */
  left: number
}

interface Sources {
  cohorts(person: Person): Promise<CohortView[]>
  myAssignments(person: Person, cohortId: string): Promise<MyAssignment[]>
}

export const dueWork = ({ cohorts, myAssignments }: Sources) => ({
  async dueWork(person: Person): Promise<DueWork[]> {
    const mine = (await cohorts(person)).filter(
      ({ role, archivedAt }) => role === 'learner' && archivedAt === null,
    )
    const works = await Promise.all(
      mine.map(async ({ id, name }) =>
        (await myAssignments(person, id)).map((one) => ({
          cohort: { id, name },
          mine: one,
          left: one.labs.filter(isLeft).length,
        })),
      ),
    )
    return works
      .flat()
      .filter(({ left }) => left > 0)
      .sort((a, b) => endOf(a) - endOf(b))
  },
})

/** One that could not be judged is left, too: it costs nothing, and is to be done again. */
const isLeft = ({ closed, state }: MyLab): boolean =>
  closed === null && (state === 'not_started' || state === 'running' || state === 'error')

/** What has no end comes last; what is late already comes first. */
const endOf = ({ mine: { dates } }: DueWork): number => {
  const { dueAt } = dates.moments
  return dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt)
}
