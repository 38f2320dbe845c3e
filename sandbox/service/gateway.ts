/**
 * Where browsers come in: upgrades to WebSockets after Origin and ticket are checked, and hands them on. Knows no terminal's content.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { closeCodes } from '../protocol/sockets.ts'
import type { TerminalMode } from '../protocol/tickets.ts'
import { TicketError, verifyTicket } from '../tickets.ts'
import type { Look } from './attention.ts'
import { serveGuest } from './guest-socket.ts'
import { keepAlive } from './heartbeat.ts'
import { Refusal } from './problems.ts'
import { requestUrl } from './request-url.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'
import type { Serve } from './serve.ts'
import { serveTerminal } from './terminal-socket.ts'
import { endUnread, watchReading } from './unread.ts'
import type { Visitor } from './visits.ts'
import { serveWatch } from './watch-socket.ts'

export interface GatewayOptions {
  rooms: Rooms
  secret: string
  /** Origins whose pages may connect. */
  origins: string[]
  log: (line: string) => void
}

/** Input of a paste is cut into smaller pieces by the browser; anything larger is not ours. */
const maxMessageBytes = 128 * 1024
/**
 * At one machine: as many windows as its shells may have (12 at each of 8), and half as many pages beside them. Each costs the service a descriptor and
 * memory, and a ticket opens any number while it is good.
 */
export const mostSockets = 144
/** Beside these. A page of a guest has two; more than one of them may be open, or not yet be given up. */
const mostGuests = 300
const mostOfOneGuest = 12
/** Whether a guest still has the right to be here, the app is asked so often. */
const guestMs = 15 * 60_000

interface Channel {
  audience: 'terminal' | 'watch'
  serve: Serve
  serveGuest: Serve
}

const channels: Record<string, Channel> = {
  '/ws/terminal': { audience: 'terminal', serve: serveTerminal, serveGuest },
  '/ws/watch': { audience: 'watch', serve: serveWatch, serveGuest: serveWatch },
}

/** Adds the gateway to an HTTP server; returns what closes every WebSocket. */
export function addGateway(server: Server, options: GatewayOptions): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes })
  const enter = doorkeeper()
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const url = requestUrl(request)
    const channel = url && Object.hasOwn(channels, url.pathname) ? channels[url.pathname] : null
    if (!url || !channel) return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate())
      watchReading(webSocket)
      // Whoever speaks before the ticket is read must not be overheard.
      webSocket.pause()
      admit(request, url, channel.audience, options)
        .then(async ({ room, mode, counters, silent, visitor, issuedAt }) => {
          enter(room, webSocket, visitor)
          if (visitor) await welcome(webSocket, options.rooms, room, visitor, issuedAt)
          const look = silent ? unnoticed : lookOf(webSocket, url, room)
          if (webSocket.readyState !== webSocket.OPEN) return
          const serve = visitor ? channel.serveGuest : channel.serve
          serve(webSocket, room, { look, mode, counters, visitor, log: options.log })
        })
        .catch((error: unknown) => turnAway(webSocket, error, options.log))
        .finally(() => webSocket.resume())
    })
  })
  const stopHeartbeat = keepAlive(sockets)
  const stopLooking = endUnread(sockets)
  return () => {
    stopHeartbeat()
    stopLooking()
    for (const socket of sockets.clients) socket.terminate()
  }
}

/** Where a ticket leads, and what its bearer may do there. */
interface Admitted {
  room: Room
  mode: TerminalMode
  counters: boolean
  /** Whether its look is no sign of life: it wakes no machine and keeps none awake. */
  silent: boolean
  /** Null for the owner. */
  visitor: Visitor | null
  /** When the app has found that they may, in unix ms. */
  issuedAt: number
}

/** The room this request may enter. The browser reads the reason from the close code, so the upgrade itself always succeeds. */
async function admit(
  request: IncomingMessage,
  url: URL,
  audience: 'terminal' | 'watch',
  { rooms, secret, origins }: GatewayOptions,
): Promise<Admitted> {
  if (!origins.includes(request.headers.origin ?? '')) throw new OriginError(request.headers.origin)
  const claims = await verifyTicket(url.searchParams.get('ticket') ?? '', audience, secret)
  const room = rooms.get(claims.sandbox ?? '')
  const { issuedAt } = claims
  if (claims.guest) {
    const visitor = { ...claims.guest, person: claims.sub }
    return { room, mode: 'look', counters: false, silent: true, visitor, issuedAt }
  }
  if (room.status.owner !== claims.sub) throw new TicketError('The ticket belongs to somebody else.')
  // Who may only look must not prolong the life of somebody else's machine. A watch ticket says so where it is meant.
  const silent = (audience === 'terminal' && claims.mode !== 'type') || claims.mode === 'look'
  const counters = claims.counters !== 'never'
  return { room, mode: claims.mode ?? 'look', counters, silent, visitor: null, issuedAt }
}

/** The machine's owner is told before the guest sees anything, and for as long as this socket is open. */
async function welcome(
  socket: WebSocket,
  { guests }: Rooms,
  room: Room,
  visitor: Visitor,
  issuedAt: number,
): Promise<void> {
  const away = guests.enter(visitor, issuedAt, () => dismiss(socket, room, visitor))
  socket.once('close', away)
  if (socket.readyState !== socket.OPEN) away()
  const sendAway = () => socket.close(closeCodes.noSandbox, 'it is not shown any more')
  const leave = await room.visits.enter(visitor, sendAway, issuedAt)
  const renewal = setInterval(() => {
    // Not in the middle of a help, which would end with it.
    if (!room.visits.mayType(visitor.person)) socket.close(closeCodes.again, 'a new ticket is needed')
  }, guestMs)
  const gone = (): void => {
    clearInterval(renewal)
    leave()
  }
  socket.once('close', gone)
  if (socket.readyState !== socket.OPEN) gone()
}

/** Their right is over, also in the middle of a help. A browser that is not ours leaves its socket open: it is cut. */
function dismiss(socket: WebSocket, room: Room, { person }: Visitor): void {
  room.visits.endHelpOf(person)
  socket.close(closeCodes.again, 'the right to be here is over')
  setTimeout(() => socket.terminate(), 1_000).unref()
}

/** An address says `look=0` when nobody sees the page: what is reopened in the background wakes no machine. */
function lookOf(socket: WebSocket, url: URL, room: Room): Look {
  const look = room.stay.look(url.searchParams.get('look') !== '0')
  socket.once('close', () => look.leave())
  if (socket.readyState !== socket.OPEN) look.leave()
  return look
}

/** Counts who is inside: guests apart, so that no number of them shuts the owner out. @returns what throws when a room is full */
function doorkeeper(): (room: Room, socket: WebSocket, visitor: Visitor | null) => void {
  const inside = new WeakMap<Room, Map<WebSocket, string | null>>()
  return (room, socket, visitor) => {
    const sockets = inside.get(room) ?? new Map<WebSocket, string | null>()
    inside.set(room, sockets)
    const person = visitor?.person ?? null
    const guests = [...sockets.values()].filter((one) => one !== null)
    const isFull = visitor
      ? guests.length >= mostGuests || guests.filter((one) => one === person).length >= mostOfOneGuest
      : sockets.size - guests.length >= mostSockets
    if (isFull) throw new CrowdError('Too many windows show this machine already.')
    if (socket.readyState !== socket.OPEN) return
    sockets.set(socket, person)
    socket.once('close', () => sockets.delete(socket))
  }
}

class CrowdError extends Error {}

const unnoticed: Look = { set() {}, leave() {} }

class OriginError extends Error {
  constructor(origin: string | undefined) {
    super(`Pages of ${origin ?? 'nowhere'} may not open this.`)
  }
}

function turnAway(socket: WebSocket, error: unknown, log: (line: string) => void): void {
  if (error instanceof OriginError) socket.close(closeCodes.badOrigin, error.message)
  else if (error instanceof TicketError) socket.close(closeCodes.badTicket, error.message)
  else if (error instanceof Refusal && error.status === 404) socket.close(closeCodes.noSandbox)
  // Not logged: it would be the next thing to be filled.
  else if (error instanceof CrowdError) socket.close(closeCodes.unavailable, error.message)
  else {
    log(`gateway: ${error instanceof Error ? error.stack : String(error)}`)
    socket.close(closeCodes.unavailable)
  }
}
