/** The door with its memory of wrong passwords: the app's one, kept over reloads of the code. Knows no way in. */
import 'server-only'
import { type Person, Refusal } from '#/classroom/index.ts'
import { entranceProblem } from '../_text/en/people/entrance.ts'
import { addressOf } from './address.ts'
import { deviceOf } from './device.ts'
import { environment } from './environment.ts'
import { type Try, tries } from './tries.ts'

const shelf = globalThis as { ringsideDoor?: ReturnType<typeof tries> }

function door() {
  shelf.ringsideDoor ??= tries()
  return shelf.ringsideDoor
}

/** Tries a password, unless its login has to wait here. */
export function byPassword<T>(request: Request, login: string, work: () => Promise<T>): Promise<T> {
  const device = deviceOf(request.headers, login, environment().RINGSIDE_SECRET)
  return counted({ address: addressOf(request.headers), login, device }, work)
}

/** The present password of somebody who is signed in: nobody else has their session, so nobody else makes them wait. */
export const byOwnPassword = <T>(request: Request, person: Person, work: () => Promise<T>): Promise<T> =>
  counted({ address: addressOf(request.headers), login: person.id, device: `session of ${person.id}` }, work)

async function counted<T>(asked: Try, work: () => Promise<T>): Promise<T> {
  const wait = door().wait(asked)
  if (wait > 0) throw new Refusal(429, entranceProblem.wait(Math.ceil(wait / 1000)))
  try {
    const result = await work()
    door().succeeded(asked)
    return result
  } catch (error) {
    if (error instanceof Refusal && error.problem.code === 'wrong-login') door().failed(asked)
    throw error
  }
}
