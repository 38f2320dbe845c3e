/** Coming in by a code or an invitation: done once for a page that is sent twice, then the session, and the page with the return code if there is one. */
import 'server-only'
import type { Joined } from '#/classroom/entrance.ts'
import { pathOf, withPath } from './back-to.ts'
import type { Form, Next } from './form.ts'
import { noteNumber } from './note.ts'
import { once } from './once.ts'
import { rememberDevice, setSession } from './session-cookie.ts'

/** `login`: under which they have set a password. */
type CameIn = Joined & { login?: string }

const sent = once<{ joined: CameIn; number: string }>()

/** @param typed what was typed besides: who goes back and types something else means another thing */
export async function comeIn(
  request: Request,
  { text }: Form,
  typed: string[],
  work: () => Promise<CameIn>,
): Promise<Next> {
  const number = text('once')
  const key = number && JSON.stringify([request.url, number, ...typed])
  const { joined, number: note } = await sent(key, async () => ({
    joined: await work(),
    number: noteNumber(),
  }))
  if (joined.signedIn) await setSession(request, joined.signedIn)
  if (joined.login !== undefined) await rememberDevice(request, joined.login)
  // Of two answers either may be the last that the browser hears: both leave the same note.
  const to = pathOf(request)
  return joined.returnCode === null
    ? { to: to ?? '/course' }
    : { to: withPath('/welcome', to), note: { secret: joined.returnCode, number: note } }
}
