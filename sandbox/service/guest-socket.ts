/**
 * /ws/terminal of somebody whose machine it is not: they see the shell, live and as far back as it is kept, and type only while its owner lets them.
 * The same words as terminal-socket.ts, which serves the owner; every key is held against who may type at that moment. Knows no Docker.
 */
import { createHash } from 'node:crypto'
import type { RawData, WebSocket } from 'ws'
import type { z } from 'zod'
import type { Subscription } from '../link.ts'
import { closeCodes } from '../protocol/sockets.ts'
import type { attachSchema } from '../protocol/terminal.ts'
import { attachTimeoutMs, followMachine } from './follow-machine.ts'
import { Refusal, toProblem } from './problems.ts'
import type { Room } from './room.ts'
import { type ScreenView, screenOf } from './screen.ts'
import type { Serve } from './serve.ts'
import { parse, readInput, tell, withOffset } from './terminal-frames.ts'
import type { OpenTerminal, TerminalViewer } from './terminals.ts'
import type { Visitor } from './visits.ts'

/** What has left for the shell arrives, also after the owner's Stop. The shell's terminal itself takes some 20 KiB that nobody reads yet. */
const typedWindowBytes = 1024

type Attach = z.infer<typeof attachSchema>

/** Serves until the socket closes, the shell ends, the machine is replaced, or what this guest may do changes. */
export const serveGuest: Serve = (socket, room, { visitor, log }) => {
  if (!visitor) throw new Error('only guests come here')
  const impatience = setTimeout(
    () => socket.close(closeCodes.badMessage, 'no attach message'),
    attachTimeoutMs,
  )
  let seat: Seat | null = null
  let attaching = false
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (isBinary && seat) return seat.input(data as Buffer)
    const message = isBinary ? null : parse(data)
    // Nobody's look at a machine that is not theirs counts as a sign of life.
    if (message?.type === 'look') return
    if (message?.type === 'ping' && seat) return tell(socket, { type: 'pong' })
    if (message?.type === 'ack' && seat) return seat.ack(message.offset)
    if (message?.type === 'resize' && seat) return
    if (message?.type !== 'attach' || attaching)
      return socket.close(closeCodes.badMessage, 'not a message that belongs here')
    attaching = true
    clearTimeout(impatience)
    attach(socket, room, visitor, message).then(
      (attached) => {
        seat = attached
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) log(`guest: ${String(error)}`)
        tell(socket, { type: 'notice', problem: toProblem(error) })
        socket.close(closeCodes.unavailable)
      },
    )
  })
  socket.on('close', () => {
    clearTimeout(impatience)
    seat?.leave()
  })
}

interface Seat {
  input(message: Buffer): void
  ack(offset: number): void
  leave(): void
}

async function attach(
  socket: WebSocket,
  room: Room,
  visitor: Visitor,
  request: Attach,
): Promise<Seat | null> {
  const { terminals, machine, visits } = room
  const { generation } = room.status
  const chosen = await choose(room, request)
  if (!chosen) {
    socket.close(closeCodes.noTerminal)
    return null
  }
  const { terminal, slot, state, fresh } = chosen
  const close = (status: number): void => {
    tell(socket, { type: 'closed', status })
    socket.close(1000)
  }
  const mode = visits.mayType(visitor.person) ? 'type' : 'look'
  let typed = 0
  const typing =
    mode === 'look'
      ? null
      : await machine.link.subscribe({
          terminal: slot,
          client: clientOf(visitor, request.client),
          setsPace: false,
          typedWindowBytes,
          from: 'live',
          onStart: (start) => {
            typed = start.typed
          },
          // What the shell says comes by the screen.
          onOutput: () => {},
          onTyped: (offset) => tell(socket, { type: 'typed', offset }),
        })
  const screen = await screenOf(machine.link, slot).catch((error) => {
    typing?.leave()
    throw error
  })
  const me: TerminalViewer = {
    client: null,
    guest: true,
    resized: ({ cols, rows }) => tell(socket, { type: 'size', cols, rows }),
    // Its owner's window answers.
    replies: () => {},
  }
  const size = terminals.attach(chosen, me, request)
  const view = screen.view(
    {
      send: (offset, bytes) => {
        socket.send(withOffset(offset, bytes))
        if (!state.alive && offset + bytes.length >= state.end) close(state.status)
      },
      unsent: () => socket.bufferedAmount,
      closed: close,
      lost: () => socket.close(closeCodes.unavailable),
    },
    fresh ? 'start' : request.from,
  )
  const unwatch = followMachine(socket, room, generation)
  const heedLeave = (): void => {
    if (visits.mayType(visitor.person) !== (mode === 'type'))
      socket.close(closeCodes.again, 'what you may do here has changed')
  }
  const unhear = visits.watch(heedLeave)
  const { start, end, epoch } = view
  const attached = { terminal, generation, start, end, typed, fresh, epoch, ...size }
  tell(socket, { type: 'attached', ...attached, mode, replies: false })
  view.begin()
  // It may have changed while the world was asked.
  heedLeave()
  if (!state.alive && (state.end === 0 || Number(request.from) >= state.end)) close(state.status)
  const leave = (): void => {
    unwatch()
    unhear()
    view.leave()
    typing?.leave()
    terminals.leave(terminal, me)
  }
  if (socket.readyState !== socket.OPEN) leave()
  return seatOf({ socket, room, visitor, view, typing, leave })
}

interface Seated {
  socket: WebSocket
  room: Room
  visitor: Visitor
  view: ScreenView
  typing: Subscription | null
  leave(): void
}

function seatOf({ socket, room, visitor, view, typing, leave }: Seated): Seat {
  return {
    input(message) {
      if (!typing) return socket.close(closeCodes.badMessage, 'who may only look does not type')
      // It was on its way when the leave ended, and this socket with it.
      if (!room.visits.mayType(visitor.person) || room.status.frozen) return
      const input = readInput(message)
      if (!input) return socket.close(closeCodes.badMessage)
      room.moments.touched()
      void room.stay.sign()
      typing.type(input.offset, input.bytes)
    },
    ack: view.ack,
    leave,
  }
}

/** The shell that was asked for; else the first there is. A guest opens none. */
async function choose(room: Room, request: Attach): Promise<(OpenTerminal & { fresh: boolean }) | null> {
  const sameMachine = request.generation === null || request.generation === room.status.generation
  const asked = request.terminal !== null && sameMachine
  const found = await (asked ? room.terminals.find(request.terminal ?? 0) : room.terminals.first())
  return found && { ...found, fresh: !sameMachine }
}

/** Never the name under which the owner types, whatever a guest's browser says. */
const clientOf = ({ person }: Visitor, client: string): string =>
  `guest-${createHash('sha256').update(`${person} ${client}`).digest('hex').slice(0, 20)}`
