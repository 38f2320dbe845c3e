/**
 * /ws/terminal: one viewer of one terminal. Bytes and offsets go through untouched; resume, replay and flow control live in the container,
 * so a restart of this process loses nothing. Knows no Docker and no guest.
 */
import type { RawData, WebSocket } from 'ws'
import type { z } from 'zod'
import type { Subscription } from '../link.ts'
import {
  type attachSchema,
  closeCodes,
  type FromBrowser,
  fromBrowserSchema,
  offsetBytes,
  type ToBrowser,
} from '../protocol.ts'
import { Refusal, toProblem } from './problems.ts'
import type { Room } from './room.ts'
import type { Serve } from './serve.ts'

const attachTimeoutMs = 10_000

/** Serves until the socket closes, the shell ends, or the machine is replaced. */
export const serveTerminal: Serve = (socket, room, { look, log }) => {
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
    attach(socket, room, message).then(
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

async function attach(socket: WebSocket, room: Room, request: Attach): Promise<Viewer> {
  const { link } = room.machine
  const { generation } = room.status
  const { terminal, fresh } = await chooseTerminal(room, request)
  const { cols, rows, client } = request
  await link.resizeTerminal(terminal, { cols, rows })
  const unwatch = room.watch((status) => {
    if (status.generation !== generation) socket.close(closeCodes.replaced)
    else if (status.state === 'ended') socket.close(closeCodes.ended)
    else if (status.state === 'dead') {
      if (status.problem) tell(socket, { type: 'notice', problem: status.problem })
      socket.close(closeCodes.unavailable)
    }
  })
  const subscription = await link.subscribe({
    terminal,
    client,
    from: fresh ? 'start' : request.from,
    // The answer to attach goes out before the first output.
    onStart: ({ start, end, typed, epoch }) =>
      tell(socket, { type: 'attached', terminal, generation, start, end, typed, fresh, epoch }),
    onOutput: (offset, bytes) => socket.send(withOffset(offset, bytes)),
    onTyped: (offset) => tell(socket, { type: 'typed', offset }),
    onClosed: (status) => {
      tell(socket, { type: 'closed', status })
      socket.close(1000)
    },
    onLost: () => socket.close(closeCodes.unavailable),
  })
  const viewer: Viewer = {
    input(message) {
      room.moments.touched()
      // A key that wakes the machine waits for its clock, and those after it for the first.
      const waking = room.stay.sign()
      const type = () => typeInto(subscription, socket, message)
      if (waking) waking.then(type, () => socket.close(closeCodes.unavailable))
      else type()
    },
    control: (message) => {
      if (message.type === 'ack') subscription.ack(message.offset)
      else link.resizeTerminal(terminal, message).catch(() => socket.close(closeCodes.unavailable))
    },
    leave: () => {
      unwatch()
      subscription.leave()
    },
  }
  if (socket.readyState !== socket.OPEN) viewer.leave()
  return viewer
}

/** The terminal asked for when it still lives in this machine; else the one that waits since the start, or a new shell. */
async function chooseTerminal(room: Room, request: Attach): Promise<{ terminal: number; fresh: boolean }> {
  const { link } = room.machine
  const sameMachine = request.generation === null || request.generation === room.status.generation
  if (request.terminal !== null && sameMachine) {
    const { terminals } = await link.hello()
    if (terminals.some((one) => one.id === request.terminal && one.alive))
      return { terminal: request.terminal, fresh: false }
  }
  return {
    terminal: room.takeFirstTerminal() ?? (await room.stay.whileAwake(() => link.openTerminal(request))),
    fresh: true,
  }
}

function typeInto(subscription: Subscription, socket: WebSocket, message: Buffer): void {
  const offset = message.length < offsetBytes ? null : message.readBigUInt64LE(0)
  if (offset === null || offset > BigInt(Number.MAX_SAFE_INTEGER)) socket.close(closeCodes.badMessage)
  else subscription.type(Number(offset), message.subarray(offsetBytes))
}

function withOffset(offset: number, bytes: Uint8Array): Buffer {
  const message = Buffer.allocUnsafe(offsetBytes + bytes.length)
  message.writeBigUInt64LE(BigInt(offset), 0)
  message.set(bytes, offsetBytes)
  return message
}

function parse(data: RawData): FromBrowser | null {
  try {
    return fromBrowserSchema.parse(JSON.parse(String(data)))
  } catch {
    return null
  }
}

function tell(socket: WebSocket, message: ToBrowser): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
}
