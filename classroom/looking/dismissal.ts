/** Who looks and may not any more is sent away at once, and does not have to be asked again first. Knows no rights and no database. */
import type { SandboxClient } from '../../sandbox/client.ts'
import type { GuestsRequest } from '../../sandbox/protocol/visits.ts'
import { refusalOf } from '../refusal.ts'

/** Everybody to whom a machine is shown on the screen. */
export const dismissLookers = (sandboxes: SandboxClient, attemptId: string): Promise<void> =>
  harmless(sandboxes.dismiss(attemptId))

/** Somebody, or everybody, of a cohort, or of all, from machines that are not theirs. */
export const dismissGuests = (sandboxes: SandboxClient, whom: GuestsRequest): Promise<void> =>
  harmless(sandboxes.dismissGuests(whom))

/** A machine that is gone, and a service that is away, have nobody who looks. */
async function harmless(dismissal: Promise<unknown>): Promise<void> {
  await dismissal.catch((error) => {
    const { status } = refusalOf(error)
    if (status !== 404 && status !== 503) throw error
  })
}
