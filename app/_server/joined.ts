/** After somebody came in by a code or an invitation: the session, and the page with the return code if there is one. */
import 'server-only'
import type { Joined } from '#/classroom/entrance.ts'
import type { Next } from './form.ts'
import { setSession } from './session-cookie.ts'

export async function afterJoining(request: Request, { signedIn, returnCode }: Joined): Promise<Next> {
  if (signedIn) await setSession(request, signedIn)
  return returnCode === null ? { to: '/course' } : { to: '/welcome', note: { secret: returnCode } }
}
