/** Hands in what is over. The processes of the app share the work through the database (classroom/assignments/submissions.ts). */
import type { Classroom } from '#/classroom/index.ts'
import { startLoop } from './loop.ts'

export const startHandInLoop = (room: Pick<Classroom, 'submitDue'>): void =>
  startLoop('Handing in', 1_000, () => room.submitDue())
