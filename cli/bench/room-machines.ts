/**
 * Real machines of a workshop bench: a learner starts one as their page does, keeps its socket open, and checks it. Knows the app's routes, no figure.
 */
import { setTimeout as pause } from 'node:timers/promises'
import WebSocket from 'ws'
import { z } from 'zod'
import { watchMessageSchema } from '../../sandbox/protocol/watch.ts'
import type { Visitor } from './room-client.ts'

export interface RoomMachine {
  attempt: string
  /** Broken and at its prompt. */
  ready: Promise<void>
  /** What the page does with *Check*. Resolves with the answer. */
  check(): Promise<unknown>
  end(): Promise<void>
}

const startedSchema = z.object({ id: z.string() })
const ticketSchema = z.object({ ticket: z.string() })
const againMs = 500

export async function startMachine(visitor: Visitor, address: string, lab: string): Promise<RoomMachine> {
  const { id } = startedSchema.parse(await visitor.post(`/api/labs/${lab}/attempt`, {}))
  let isOver = false
  let socket: WebSocket | null = null
  let isReady: () => void
  const ready = new Promise<void>((resolve) => {
    isReady = resolve
  })

  async function open(): Promise<void> {
    const asked = await visitor.post('/api/tickets', { attempt: id, audience: 'watch' })
    const { ticket } = ticketSchema.parse(asked)
    const url = `${address.replace(/^http/, 'ws')}/ws/watch?ticket=${encodeURIComponent(ticket)}`
    socket = new WebSocket(url, { origin: address })
    socket.on('message', (data) => {
      const message = watchMessageSchema.parse(JSON.parse(String(data)))
      if (message.type === 'status' && message.status.state === 'ready') isReady()
    })
    await new Promise<void>((lost) => {
      socket?.on('error', () => {})
      socket?.once('close', () => lost())
    })
  }

  /** A page comes back by itself. */
  async function watch(): Promise<void> {
    while (!isOver) {
      await open().catch(() => {})
      if (!isOver) await pause(againMs)
    }
  }

  void watch()
  return {
    attempt: id,
    ready,
    check: () => visitor.post(`/api/attempts/${id}/check`, { answers: null }),
    async end() {
      isOver = true
      socket?.close()
      await visitor.post(`/api/attempts/${id}/end`, {}).catch(() => {})
    },
  }
}
