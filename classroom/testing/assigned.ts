/** A cohort with an instructor, learners and an assignment, for tests of assignments. */
import type { AssignmentInput } from '../assignments/input.ts'
import { noLatePenalty } from '../grades/late-policy.ts'
import { openTerms } from '../grades/terms.ts'
import type { Person } from '../index.ts'
import { lab, type testClassroom } from './classroom.ts'

type House = Awaited<ReturnType<typeof testClassroom>>

export const homework: AssignmentInput = {
  title: 'Homework',
  text: '',
  releaseAt: '',
  dueAt: '',
  lateDueAt: '',
  latePolicy: noLatePenalty,
  maxAttempts: null,
  counting: 'best',
  minutes: null,
  terms: openTerms,
  seedPolicy: 'learner',
  labs: [{ lab, weight: 1 }],
}

export async function assigned(
  house: House,
  input: Partial<AssignmentInput> = {},
  timeZone = 'Europe/Berlin',
) {
  const { classroom, db } = house
  const teacher = await house.owner()
  const cohort = await classroom.openCohort(teacher, { name: 'Autumn', timeZone })
  const assignment = await classroom.makeAssignment(teacher, cohort, { ...homework, ...input })
  await classroom.publishAssignment(teacher, assignment)
  return {
    teacher,
    cohort,
    assignment,
    async enrolled(name = 'Ada', role: 'learner' | 'assistant' = 'learner'): Promise<Person> {
      const person = await house.learner(name)
      await db.enrollment.create({ data: { cohortId: cohort, personId: person.id, role } })
      return person
    },
    grade: (person: Person) =>
      db.grade.findFirst({ where: { assignmentId: assignment, personId: person.id } }),
    /** Time is up for whoever works on it now. */
    timeIsUp: () =>
      db.attempt.updateMany({
        where: { assignmentId: assignment, state: { in: ['starting', 'running'] } },
        data: { deadlineAt: new Date(Date.now() - 1_000) },
      }),
  }
}
