/** What the WebSockets of the service have in common. */
import { z } from 'zod'

/**
 * Whether somebody sees this page, sent when that changes: to begin to look is a sign of life. `&look=0` in the address opens a socket that
 * nobody looks at: it does not wake a sleeping machine.
 */
export const lookSchema = z.object({ type: z.literal('look'), seen: z.boolean() })

/** Are you there? At a terminal at any time after attach. A connection that a sleeping laptop has lost does not say so by itself. */
export const pingSchema = z.object({ type: z.literal('ping') })
/** Here I am. */
export const pongSchema = z.object({ type: z.literal('pong') })

/** Why the service closed a WebSocket. Codes of the private range; anything else is the network's. */
export const closeCodes = {
  badTicket: 4401,
  badOrigin: 4403,
  noSandbox: 4404,
  noTerminal: 4405,
  badMessage: 4400,
  /** What a guest may do here has changed, or is to be asked for anew: come again. */
  again: 4406,
  replaced: 4409,
  ended: 4410,
  unavailable: 4503,
} as const
