/**
 * /ws/terminal: one viewer of one terminal. Bytes and offsets go through untouched; resume, replay and flow control live in the container,
 * so a restart of this process loses nothing. Knows no Docker and no guest.
 */
import type { RawData, WebSocket } from 'ws'
import type { z } from 'zod'
import type { Size, Subscription } from '../link.ts'
import { closeCodes } from '../protocol/sockets.ts'
import type { attachSchema, FromBrowser } from '../protocol/terminal.ts'
import type { TerminalMode } from '../protocol/tickets.ts'
import { attachTimeoutMs, followMachine } from './follow-machine.ts'
import { HeldInput } from './held-input.ts'
import { Refusal, toProblem } from './problems.ts'
import type { Room } from './room.ts'
import type { Serve } from './serve.ts'
import { parse, readInput, tell, withOffset } from './terminal-frames.ts'
import type { OpenTerminal, TerminalViewer } from './terminals.ts'
import { keepsReading } from './unread.ts'

/** A window at a terminal, with what its ticket lets it do. */
interface Guest {
  room: Room
  mode: TerminalMode
}

/** Serves until the socket closes, the shell ends, or the machine is replaced. */
export const serveTerminal: Serve = (socket, room, { look, mode, log }) => {
  const guest = { room, mode }
  const impatience = setTimeout(
    () => socket.close(closeCodes.badMessage, 'no attach message'),
    attachTimeoutMs,
  )
  let viewer: Viewer | null = null
  let attaching = false

  socket.on('message', (data: RawData, isBinary: boolean) => {
    const message = isBinary ? null : parse(data)
    if (message?.type === 'look') return look.set(message.seen)
    if (isBinary && viewer) return viewer.input(data as Buffer)
    if (message && message.type !== 'attach' && viewer) return viewer.control(message)
    if (message?.type !== 'attach' || attaching)
      return socket.close(closeCodes.badMessage, 'not a message that belongs here')
    attaching = true
    clearTimeout(impatience)
    attach(socket, guest, message).then(
      (attached) => {
        viewer = attached
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) log(`terminal: ${String(error)}`)
        tell(socket, { type: 'notice', problem: toProblem(error) })
        socket.close(closeCodes.unavailable)
      },
    )
  })
  socket.on('close', () => {
    clearTimeout(impatience)
    viewer?.leave()
  })
}

interface Viewer {
  input(message: Buffer): void
  control(message: Exclude<FromBrowser, { type: 'attach' | 'look' }>): void
  leave(): void
}

type Attach = z.infer<typeof attachSchema>

async function attach(socket: WebSocket, { room, mode }: Guest, request: Attach): Promise<Viewer | null> {
  const { terminals, machine } = room
  const { generation } = room.status
  const chosen = await chooseTerminal(room, mode, request)
  if (!chosen) {
    socket.close(closeCodes.noTerminal)
    return null
  }
  const { terminal, slot, state, fresh } = chosen
  let isAttached = false
  const me: TerminalViewer = {
    client: mode === 'type' ? request.client : null,
    resized: ({ cols, rows }) => tell(socket, { type: 'size', cols, rows }),
    // Before it is attached, the answer to that says it.
    replies: (here) => isAttached && tell(socket, { type: 'replies', here }),
  }
  const size = terminals.attach(chosen, me, sizeOf(request))
  const unwatch = followMachine(socket, room, generation)
  const close = (status: number): void => {
    tell(socket, { type: 'closed', status })
    socket.close(1000)
  }
  let subscription: Subscription | undefined
  const leave = (): void => {
    unwatch()
    subscription?.leave()
    terminals.leave(terminal, me)
  }
  try {
    subscription = await machine.link.subscribe({
      terminal: slot,
      ...(mode === 'type' && { client: request.client }),
      // Who only looks is not waited for: the shell keeps the pace of those who work in it.
      setsPace: mode === 'type',
      from: fresh ? 'start' : request.from,
      // The answer to attach goes out before the first output.
      onStart: ({ start, end, typed, epoch }) => {
        const attached = { terminal, generation, start, end, typed, fresh, mode, epoch, ...size }
        tell(socket, { type: 'attached', ...attached, replies: terminals.replies(terminal, me) })
        isAttached = true
      },
      onOutput: (offset, bytes) => {
        socket.send(withOffset(offset, bytes))
        keepsReading(socket)
        // Of a shell that has ended the last words come, and nothing after them.
        if (!state.alive && offset + bytes.length >= state.end) close(state.status)
      },
      onTyped: (offset) => tell(socket, { type: 'typed', offset }),
      onClosed: close,
      onLost: () => socket.close(closeCodes.unavailable),
    })
  } catch (error) {
    leave()
    throw error
  }
  if (!state.alive && (state.end === 0 || Number(request.from) >= state.end)) close(state.status)
  if (socket.readyState !== socket.OPEN) leave()
  return viewerOf(socket, { room, mode }, { terminal, me, subscription, leave })
}

interface Attached {
  terminal: number
  me: TerminalViewer
  subscription: Subscription
  leave(): void
}

function viewerOf(
  socket: WebSocket,
  { room, mode }: Guest,
  { terminal, me, subscription, leave }: Attached,
): Viewer {
  const { terminals } = room
  // The page keeps what has not arrived, and comes again with it.
  const held = new HeldInput(
    (message) => {
      // Else it would wait in front of the machine, and arrive when its check wakes it.
      if (!room.status.frozen) typeInto(subscription, socket, message)
    },
    () => socket.close(closeCodes.unavailable),
  )
  return {
    input(message) {
      if (mode !== 'type') return socket.close(closeCodes.badMessage, 'who may only look does not type')
      room.moments.touched()
      terminals.typed(terminal, me)
      held.take(message, room.stay.sign())
    },
    control(message) {
      if (message.type === 'ack') subscription.ack(message.offset)
      else if (message.type === 'resize') terminals.resize(terminal, me, sizeOf(message))
      else tell(socket, { type: 'pong' })
    },
    leave,
  }
}

type Chosen = OpenTerminal & { fresh: boolean }

/** The terminal asked for, of this machine; else one that there is, or a new shell. Null when the one asked for is gone. */
async function chooseTerminal(room: Room, mode: TerminalMode, request: Attach): Promise<Chosen | null> {
  const { terminals } = room
  const sameMachine = request.generation === null || request.generation === room.status.generation
  if (request.terminal !== null && sameMachine) {
    const found = await terminals.find(request.terminal)
    return found && { ...found, fresh: false }
  }
  if (mode === 'look') {
    const first = await terminals.first()
    return first && { ...first, fresh: !sameMachine }
  }
  const waiting = room.takeFirstTerminal()
  const first = waiting === null ? null : await terminals.inSlot(waiting)
  return { ...(first ?? (await room.stay.whileAwake(() => terminals.open(request)))), fresh: true }
}

/** And nothing else of a message, which would be taken along wherever the size is told. */
const sizeOf = ({ cols, rows }: Size): Size => ({ cols, rows })

function typeInto(subscription: Subscription, socket: WebSocket, message: Buffer): void {
  const input = readInput(message)
  if (input) subscription.type(input.offset, input.bytes)
  else socket.close(closeCodes.badMessage)
}
