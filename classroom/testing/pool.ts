/** The pool of a sandbox service for tests: reservations that are kept and given up, and no machines. */
import { randomUUID } from 'node:crypto'
import { type PoolState, type Reservation, reservationRequestSchema } from '../../sandbox/protocol/pool.ts'

export function testPool() {
  const reservations: Reservation[] = []
  const state = (): PoolState => ({
    profiles: [
      {
        ...{ id: 'igb', nic: 'igb', vcpus: 2, memoryMb: 256, labs: ['accept-queue'] },
        ...{ target: 3, ready: 2, warming: 1, handedOut: 0, lastError: null },
      },
    ],
    reservations,
    starts: { underWay: 0, waiting: 0 },
  })

  return {
    reservations,
    handle(method: string, path: string, body: unknown): { status: number; body?: unknown } {
      if (method === 'GET') return { status: 200, body: state() }
      if (method === 'POST') {
        const made = { ...reservationRequestSchema.parse(body), id: randomUUID(), taken: 0 }
        reservations.push(made)
        return { status: 201, body: made }
      }
      const at = reservations.findIndex(({ id }) => path.endsWith(id))
      if (at >= 0) reservations.splice(at, 1)
      else return { status: 404, body: { problem: { code: 'no-reservation', message: 'Gone.', remedy: '' } } }
      return { status: 204 }
    },
  }
}
