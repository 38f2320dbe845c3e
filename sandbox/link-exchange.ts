/**
 * Requests and their replies, channels and their viewers, events: one conversation with a world over one stream. Knows no command's meaning;
 * link.ts does.
 */
import type { Duplex } from 'node:stream'
import { InfrastructureError } from '../grader/guest.ts'
import { TypedAhead } from './link-typed.ts'
import { decode, encode, FrameDecoder, type FromWorld, type ToWorld } from './wire.ts'

/** The world refused or is gone. Never the learner's doing, so it is an outage to whoever judges. */
export class LinkError extends InfrastructureError {
  override name = 'LinkError'
}

export type LinkEvent = { name: string; values: Record<string, string> }
export type Values = Record<string, string | number>

/** Who watches a channel. The bytes of onOutput are a view: use them at once or copy them. */
export interface Viewer {
  onOutput(offset: number, bytes: Buffer): void
  onTyped?(offset: number): void
  onClosed?(status: number): void
  onLost?(): void
}

interface Waiting {
  parts: Buffer[]
  resolve(reply: Buffer): void
  reject(error: LinkError): void
}

interface Viewing {
  viewer: Viewer
  terminal: number
  ahead: TypedAhead | null
}

export class Exchange {
  readonly events = new Set<(event: LinkEvent) => void>()
  readonly deaths = new Set<(reason: string) => void>()
  dead: string | null = null
  readonly #stream: Duplex
  readonly #decoder = new FrameDecoder()
  readonly #waiting = new Map<number, Waiting>()
  readonly #viewing = new Map<number, Viewing>()
  #nextId = 1
  #gone: string | null = null

  constructor(stream: Duplex) {
    this.#stream = stream
    stream.on('data', (bytes: Buffer) => this.#receive(bytes))
    stream.on('error', (error) => this.lose(`the connection to the sandbox broke: ${error.message}`))
    stream.on('end', () => this.lose('the sandbox closed the connection'))
    stream.on('close', () => this.lose('the connection to the sandbox closed'))
  }

  /** `now` runs before anything that follows the reply in the stream is looked at. */
  ask<T>(command: string, values: Values, body: string | Uint8Array, now: (reply: Buffer) => T): Promise<T> {
    const words = [command, ...Object.entries(values).map(([key, value]) => `${key}=${value}`)]
    const bytes = typeof body === 'string' ? Buffer.from(body) : body
    const id = this.#nextId++
    return new Promise<T>((resolve, reject) => {
      if (this.#gone) return reject(new LinkError(`${command}: ${this.#gone}`))
      this.#waiting.set(id, {
        parts: [],
        resolve: (reply) => {
          try {
            resolve(now(reply))
          } catch (error) {
            reject(new LinkError(`${command}: ${(error as Error).message}`, { cause: error }))
          }
        },
        reject: (error) => reject(new LinkError(`${command}: ${error.message}`)),
      })
      try {
        this.send({ kind: 'request', id, line: words.join(' '), body: bytes })
      } catch (error) {
        this.#waiting.delete(id)
        reject(error)
      }
    })
  }

  send = (message: ToWorld): void => {
    if (!this.#gone) this.#stream.write(encode(message))
  }

  /** Takes a channel that nobody watches. */
  watch(terminal: number, viewer: Viewer): number {
    for (let channel = 1; channel <= 255; channel++) {
      if (this.#viewing.has(channel)) continue
      this.#viewing.set(channel, { viewer, terminal, ahead: null })
      return channel
    }
    throw new LinkError('too many subscriptions')
  }

  /** From here on this channel may type; the world has what was before. */
  typesFrom(channel: number, typed: number, windowBytes?: number): void {
    const viewing = this.#viewing.get(channel)
    if (viewing) viewing.ahead = new TypedAhead(channel, typed, this.send, windowBytes)
  }

  type(channel: number, offset: number, bytes: Uint8Array): void {
    this.#viewing.get(channel)?.ahead?.type(offset, bytes)
  }

  /** False when nobody watched any more. The channel is free again once `forget` is called. */
  unwatch(channel: number): boolean {
    const viewing = this.#viewing.get(channel)
    if (!viewing || viewing.viewer === nobody) return false
    viewing.ahead?.leave()
    this.#viewing.set(channel, { ...viewing, ahead: null, viewer: nobody })
    return true
  }

  forget(channel: number): void {
    this.#viewing.get(channel)?.ahead?.leave()
    this.#viewing.delete(channel)
  }

  /** The end of this conversation: who waits is told, who watches too. */
  lose(reason: string): void {
    if (this.#gone) return
    this.#gone = reason
    this.#stream.destroy()
    for (const waiting of this.#waiting.values()) waiting.reject(new LinkError(reason))
    this.#waiting.clear()
    const all = [...this.#viewing.values()]
    this.#viewing.clear()
    for (const { viewer, ahead } of all) {
      ahead?.leave()
      viewer.onLost?.()
    }
    this.#die(reason)
  }

  #die(reason: string): void {
    if (this.dead !== null) return
    this.dead = reason
    for (const listener of this.deaths) listener(reason)
    this.deaths.clear()
  }

  #receive(bytes: Buffer): void {
    try {
      for (const frame of this.#decoder.push(bytes)) this.#take(decode(frame))
    } catch (error) {
      this.lose(`the sandbox does not keep to the protocol: ${(error as Error).message}`)
    }
  }

  #take(message: FromWorld): void {
    if (message.kind === 'reply') this.#takeReply(message)
    else if (message.kind === 'event') this.#takeEvent(message)
    else if (message.kind === 'output')
      this.#viewing.get(message.channel)?.viewer.onOutput(message.offset, message.bytes)
    else this.#takeTyped(message.channel, message.offset)
  }

  #takeTyped(channel: number, offset: number): void {
    const viewing = this.#viewing.get(channel)
    viewing?.ahead?.typed(offset)
    viewing?.viewer.onTyped?.(offset)
  }

  #takeReply({ id, last, ok, bytes }: FromWorld & { kind: 'reply' }): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) return
    waiting.parts.push(bytes)
    if (!last) return
    this.#waiting.delete(id)
    const reply = waiting.parts.length === 1 ? bytes : Buffer.concat(waiting.parts)
    if (ok) waiting.resolve(reply)
    else waiting.reject(new LinkError(reply.toString()))
  }

  #takeEvent({ name, values }: LinkEvent): void {
    if (name === 'input-gap') this.#viewing.get(Number(values.channel))?.ahead?.gap(Number(values.typed) || 0)
    // A machine that has died takes its shells along: that is told as such, and not as shells that somebody has ended.
    if (name === 'terminal-closed' && this.dead === null)
      this.#closeTerminal(Number(values.term), Number(values.status))
    if (name === 'rewound') this.#typeNoMore()
    if (name === 'dead') this.#die(values.reason ?? '')
    for (const listener of this.events) listener({ name, values })
  }

  /** What was typed and has not arrived was meant for a shell that is as if it had never been; who types now has not seen this one. */
  #typeNoMore(): void {
    for (const viewing of this.#viewing.values()) {
      viewing.ahead?.leave()
      viewing.ahead = null
    }
  }

  #closeTerminal(terminal: number, status: number): void {
    for (const viewing of this.#viewing.values())
      if (viewing.terminal === terminal) viewing.viewer.onClosed?.(status)
  }
}

/** Holds a channel until the world has confirmed that it is free: late output must not reach the next viewer. */
const nobody: Viewer = { onOutput() {} }
