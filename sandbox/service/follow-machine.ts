/** What the sockets of a terminal share, the owner's and a guest's: how long they wait to be told which one, and when their machine is gone. */
import type { WebSocket } from 'ws'
import { closeCodes } from '../protocol/sockets.ts'
import type { Room } from './room.ts'
import { tell } from './terminal-frames.ts'

export const attachTimeoutMs = 10_000

/** Closes the socket when the machine is not the one any more that it was opened for. Returns what stops that. */
export function followMachine(socket: WebSocket, room: Room, generation: number): () => void {
  return room.watch((status) => {
    if (status.generation !== generation) socket.close(closeCodes.replaced)
    else if (status.state === 'ended') socket.close(closeCodes.ended)
    else if (status.state === 'dead') {
      if (status.problem) tell(socket, { type: 'notice', problem: status.problem })
      socket.close(closeCodes.unavailable)
    }
  })
}
