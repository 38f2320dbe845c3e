/** The door with its memory of wrong tries: the app's one, kept over reloads of the code. Knows no way in. */
import 'server-only'
import { Refusal } from '#/classroom/index.ts'
import { entranceProblem } from '../_text/en/people/entrance.ts'
import { addressOf } from './address.ts'
import { tries } from './tries.ts'

const shelf = globalThis as { ringsideDoor?: ReturnType<typeof tries> }

function door() {
  shelf.ringsideDoor ??= tries()
  return shelf.ringsideDoor
}

/** Tries a password, unless its login has to wait here. */
export async function byPassword<T>(request: Request, login: string, work: () => Promise<T>): Promise<T> {
  const asked = { address: addressOf(request.headers), login }
  const wait = door().wait(asked)
  if (wait > 0) throw new Refusal(429, entranceProblem.wait(Math.ceil(wait / 1000)))
  const result = await counted(asked, work)
  door().succeeded(asked)
  return result
}

/** Tries a code or a link: a right one is let in whatever was tried before. */
export const byCode = <T>(request: Request, work: () => Promise<T>): Promise<T> =>
  counted({ address: addressOf(request.headers), login: null }, work)

async function counted<T>(
  asked: { address: string; login: string | null },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal && wrong.includes(error.problem.code)) door().failed(asked)
    throw error
  }
}

const wrong = ['wrong-login', 'wrong-code', 'no-such-invitation']
