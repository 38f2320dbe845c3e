/** The app's one hub of workshop rooms, kept over reloads of the code. Knows no connection. */
import 'server-only'
import { createHub, type Hub } from '#/classroom/room/hub.ts'
import type { LedView } from '#/classroom/room/view.ts'
import { sandboxClient } from '#/sandbox/client.ts'
import { classroom } from '../classroom.ts'
import { environment } from '../environment.ts'
import { titlesNow } from '../titles.ts'

const shelf = globalThis as { ringsideRooms?: Hub }

export function roomHub(): Hub {
  shelf.ringsideRooms ??= open()
  return shelf.ringsideRooms
}

/** Somebody asked for something: that is activity, and may have changed where they are. Costs nothing where nobody listens. */
export const touchedRoom = (person: string): void => shelf.ringsideRooms?.touched(person)

function open(): Hub {
  const env = environment()
  const service = sandboxClient({ url: env.RINGSIDE_SERVICE_URL, secret: env.RINGSIDE_SECRET })
  return createHub({
    async stored(cohort, here) {
      const stored = await (await classroom()).storedRoom(cohort, here)
      return { ...stored, led: stored.led && { ...stored.led, titles: await titlesIn(stored.led) } }
    },
    machines: (attempts) => service.glances(attempts),
    log: (line) => process.stderr.write(`${line}\n`),
  })
}

/** Of what is named to the room: learners' browsers know no course. */
async function titlesIn({ lead, reveals }: LedView): Promise<Record<string, string>> {
  const items = [...(lead ? [lead.item] : []), ...reveals.map(({ lab }) => `lab:${lab}`)]
  if (items.length === 0) return {}
  const titles = await titlesNow()
  return Object.fromEntries(items.map((item) => [item, titles.get(item)?.title ?? item]))
}
