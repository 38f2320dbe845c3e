/**
 * Somebody at work on one machine while things die around them: a shell with something in it that only this very shell knows, looked at again
 * through the gateway after each blow. Knows no blow and no figure.
 */
import WebSocket from 'ws'
import { offsetBytes, type ToBrowser, toBrowserSchema } from '../../../sandbox/protocol/terminal.ts'
import { signTicket } from '../../../sandbox/tickets.ts'
import type { BenchService } from '../service.ts'

/** `same`: the very shell, with what was in it. `ended`: the page was told that the shell is over. `away`: neither, yet. */
export type Seen = 'same' | 'ended' | 'away'

const patienceMs = 4_000

export class Learner {
  /** Of the machine that the shell is on; null while there is no shell. */
  generation: number | null = null
  #terminal: number | null = null
  #secret = ''
  #turn = 0

  constructor(
    readonly service: BenchService,
    readonly sandbox: string,
  ) {}

  /** A shell, with a variable of its own. */
  async begin(): Promise<Seen> {
    this.#secret = `s${Math.random().toString(36).slice(2, 10)}`
    this.forget()
    const seen = await this.#say(`chaos=${this.#secret}; echo "be""gun-$chaos"`, `begun-${this.#secret}`)
    if (seen !== 'same') this.forget()
    return seen
  }

  /** There is no shell any more, and the page knows it. */
  forget(): void {
    this.generation = null
    this.#terminal = null
  }

  /** Whether the shell is the one that it was. */
  look(): Promise<Seen> {
    const turn = ++this.#turn
    return this.#say(`echo "st""ill-$chaos-${turn}"`, `still-${this.#secret}-${turn}`)
  }

  async #say(line: string, wanted: string): Promise<Seen> {
    const claims = { aud: 'terminal', sub: this.service.owner, sandbox: this.sandbox, mode: 'type' } as const
    const ticket = await signTicket(claims, this.service.secret)
    const url = `${this.service.url.replace(/^http/, 'ws')}/ws/terminal?ticket=${ticket}`
    const socket = new WebSocket(url, { origin: this.service.origin })
    return new Promise<Seen>((resolve) => {
      let text = ''
      const timer = setTimeout(() => done('away'), patienceMs)
      const done = (seen: Seen): void => {
        clearTimeout(timer)
        socket.removeAllListeners()
        socket.on('error', () => {})
        socket.terminate()
        resolve(seen)
      }
      socket.on('error', () => done('away'))
      socket.on('close', () => done('away'))
      socket.on('open', () => socket.send(JSON.stringify(this.#attach())))
      socket.on('message', (data: Buffer, isBinary) => {
        if (isBinary) {
          text += data.subarray(offsetBytes).toString('latin1')
          const offset = Number(data.readBigUInt64LE(0)) + data.length - offsetBytes
          socket.send(JSON.stringify({ type: 'ack', offset }))
          if (text.includes(wanted)) done('same')
          return
        }
        const message = toBrowserSchema.parse(JSON.parse(String(data)))
        if (message.type === 'closed') done('ended')
        else if (message.type === 'attached') this.#attached(socket, message, line, done)
      })
    })
  }

  #attach() {
    const { generation } = this
    const client = `chaos-${this.sandbox.slice(0, 8)}`
    const terminal = this.#terminal
    return { type: 'attach', terminal, client, from: 'start', cols: 100, rows: 30, generation }
  }

  #attached(
    socket: WebSocket,
    { terminal, generation, typed, fresh }: Extract<ToBrowser, { type: 'attached' }>,
    line: string,
    done: (seen: Seen) => void,
  ): void {
    if (fresh && this.#terminal !== null) {
      done('ended')
      return
    }
    this.#terminal = terminal
    this.generation = generation
    const head = Buffer.alloc(offsetBytes)
    head.writeBigUInt64LE(BigInt(typed))
    socket.send(Buffer.concat([head, Buffer.from(`${line}\r`)]))
  }
}
