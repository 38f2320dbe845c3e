/** What the gateway asks of a channel: to serve one socket of one room. Types alone. */
import type { WebSocket } from 'ws'
import type { TerminalMode } from '../protocol/tickets.ts'
import type { Look } from './attention.ts'
import type { Room } from './room.ts'
import type { Visitor } from './visits.ts'

/**
 * Serves until the socket closes. `look` is this page's, and leaves by itself; `mode` is what its ticket lets it do, and `counters` whether the ticket
 * lets it see what the machine counts, once the lab does, which no guest's does; `visitor` is null for the owner.
 */
export type Serve = (
  socket: WebSocket,
  room: Room,
  options: {
    look: Look
    mode: TerminalMode
    counters: boolean
    visitor: Visitor | null
    log: (line: string) => void
  },
) => void
