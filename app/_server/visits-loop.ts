/** Takes what visitors did at machines into the audit log (classroom/looking/visits-log.ts); taking it twice is taking it once. */
import type { Classroom } from '#/classroom/index.ts'
import { startLoop } from './loop.ts'

export const startVisitsLoop = (room: Pick<Classroom, 'takeVisits'>): void =>
  startLoop('Taking the visits', 5_000, () => room.takeVisits())
