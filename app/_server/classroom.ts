/**
 * The app's one classroom and the labs it knows. Made when the app starts, kept over reloads of the code; from then on what is over is handed in, and what
 * visitors did goes into the log. Knows no page.
 */
import 'server-only'
import { judgeOf } from '#/classroom/assignments/regrade.ts'
import { type Classroom, createClassroom } from '#/classroom/index.ts'
import { playgroundId } from '#/labs/playground/id.ts'
import { sandboxClient } from '#/sandbox/client.ts'
import { environment } from './environment.ts'
import { faults } from './faults.ts'
import { startHandInLoop } from './hand-in-loop.ts'
import { labList, labOf } from './labs.ts'
import { startVisitsLoop } from './visits-loop.ts'

const shelf = globalThis as { ringsideClassroom?: Promise<Classroom> }

export function classroom(): Promise<Classroom> {
  shelf.ringsideClassroom ??= open().catch((error) => {
    delete shelf.ringsideClassroom
    throw error
  })
  return shelf.ringsideClassroom
}

async function open(): Promise<Classroom> {
  const env = environment()
  const room = createClassroom({
    databaseUrl: env.DATABASE_URL,
    sandboxes: sandboxClient({ url: env.RINGSIDE_SERVICE_URL, secret: env.RINGSIDE_SECRET }),
    secret: env.RINGSIDE_SECRET,
    ownerToken: env.RINGSIDE_OWNER_TOKEN,
    labs: [...(await labList()), { id: playgroundId }],
    judge: judgeOf(labOf),
    faults,
  })
  startHandInLoop(room)
  if (env.RINGSIDE_MODE === 'classroom') startVisitsLoop(room)
  return room
}
