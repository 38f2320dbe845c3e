/**
 * The link of a terminal session over a WebSocket: fetches a ticket, opens, turns messages into the session's words and back.
 * Decides nothing about trying again.
 */
import { closeCodes } from '#/sandbox/protocol/sockets.ts'
import type { Problem } from '#/sandbox/protocol/status.ts'
import { toBrowserSchema } from '#/sandbox/protocol/terminal.ts'
import { api } from '../api.ts'
import type { Result } from '../ask.ts'
import { isSeen, onLook } from '../look.ts'
import { decodeFrame, encodeFrame } from './frame.ts'
import type { Link, LinkEvents } from './ports.ts'

/** Where a ticket for a machine comes from: its owner's page and a guest's ask different routes. */
export type Tickets = (audience: 'terminal' | 'watch') => Promise<Result<{ ticket: string }>>

export const ownTickets =
  (attempt: string): Tickets =>
  (audience) =>
    api.ticket(attempt, audience)

export const socketAddress = (channel: 'terminal' | 'watch', ticket: string): string => {
  const { protocol, host } = window.location
  const look = isSeen() ? '' : '&look=0'
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/ws/${channel}?ticket=${encodeURIComponent(ticket)}${look}`
}

/** Tells the service whether somebody sees the page, for as long as this socket is open. */
export function tellLooks(socket: WebSocket): void {
  const stop = onLook((seen) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'look', seen }))
  })
  socket.addEventListener('close', stop)
}

export const terminalLink =
  (tickets: Tickets) =>
  (events: LinkEvents): Link => {
    let socket: WebSocket | null = null
    let over = false
    const send = (data: string | Uint8Array<ArrayBuffer>) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(data)
    }
    const lose = (code: number, problem?: Problem) => {
      if (over) return
      over = true
      socket?.close()
      events.lost(code, problem)
    }
    tickets('terminal').then((result) => {
      if (over) return
      if (!result.ok) return lose(result.status === 404 ? closeCodes.noSandbox : 0, result.problem)
      socket = new WebSocket(socketAddress('terminal', result.value.ticket))
      socket.binaryType = 'arraybuffer'
      tellLooks(socket)
      socket.onopen = () => !over && events.opened()
      socket.onclose = ({ code }) => lose(code)
      socket.onmessage = ({ data }) => {
        if (over) return
        if (!hear(data, events)) lose(closeCodes.badMessage)
      }
    })
    return {
      say: (message) => send(JSON.stringify(message)),
      send: (frame) => send(encodeFrame(frame)),
      close() {
        over = true
        socket?.close()
      },
    }
  }

/** False for a message that this page does not understand. */
function hear(data: unknown, events: LinkEvents): boolean {
  if (data instanceof ArrayBuffer) {
    const frame = decodeFrame(data)
    if (frame) events.output(frame)
    return frame !== null
  }
  const message = toBrowserSchema.safeParse(parseJson(String(data)))
  if (message.success) events.heard(message.data)
  return message.success
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
