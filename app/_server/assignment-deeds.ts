/** What the plain forms of an assignment do, by name. Knows no rights: the classroom refuses. */
import 'server-only'
import type { Classroom, Person } from '#/classroom/index.ts'
import type { Form, Next } from './form.ts'

export interface AssignmentDeed {
  /** The part of the assignment's pages where a problem is said; '': its learner's page. */
  back: 'edit' | 'extensions' | ''
  run(room: Classroom, person: Person, id: string, form: Form): Promise<Next>
}

export const assignmentDeeds: Record<string, AssignmentDeed> = {
  publish: {
    back: 'edit',
    async run(room, person, id) {
      await room.publishAssignment(person, id)
      return { to: `/assignments/${id}/edit`, note: { said: 'published' } }
    },
  },
  delete: {
    back: 'edit',
    async run(room, person, id) {
      const { cohortId } = await room.assignment(person, id)
      await room.deleteAssignment(person, id)
      return { to: `/cohorts/${cohortId}/assignments`, note: { said: 'deleted' } }
    },
  },
  'last-check': {
    back: '',
    async run(room, person, id, { text }) {
      await room.handInLastCheck(person, text('attempt'))
      return { to: `/assignments/${id}`, note: { said: 'checkHandedIn' } }
    },
  },
  take: {
    back: 'extensions',
    async run(room, person, id, { text }) {
      await room.takeExtension(person, id, text('person'))
      return { to: `/assignments/${id}/extensions`, note: { said: 'taken' } }
    },
  },
}
