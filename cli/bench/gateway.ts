/**
 * A terminal through the gateway's WebSocket, as the browser opens it: ticket, attach, offsets, acknowledgements. Knows no figure.
 */
import WebSocket from 'ws'
import { offsetBytes, toBrowserSchema } from '../../sandbox/protocol/terminal.ts'
import { signTicket } from '../../sandbox/tickets.ts'
import { CommandError } from '../output.ts'
import type { BenchService } from './service.ts'
import type { Terminal } from './typist.ts'

const ackEveryBytes = 64 * 1024

/** A terminal that was opened, and its number among the machine's. */
export interface GatewayTerminal extends Terminal {
  terminal: number
}

/**
 * The shell that waits since the start, else a new one. `seen`: whether somebody looks at the page, which wakes a machine that sleeps. `hear`:
 * for whoever must not miss the first output.
 */
export async function openThroughGateway(
  service: BenchService,
  sandbox: string,
  { seen = true, hear = () => {} }: { seen?: boolean; hear?: (bytes: Buffer) => void } = {},
): Promise<GatewayTerminal> {
  const claims = { aud: 'terminal', sub: service.owner, sandbox, mode: 'type' } as const
  const ticket = await signTicket(claims, service.secret)
  const address = `${service.url.replace(/^http/, 'ws')}/ws/terminal?ticket=${encodeURIComponent(ticket)}${seen ? '' : '&look=0'}`
  const socket = new WebSocket(address, { origin: service.origin })
  const opened = new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  let listener = hear
  let acked = 0
  let typed = 0
  const attached = new Promise<number>((resolve, reject) => {
    socket.on('close', (code, reason) => reject(refused(code, String(reason))))
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) {
        const message = toBrowserSchema.parse(JSON.parse(String(data)))
        if (message.type === 'attached') resolve(message.terminal)
        return
      }
      listener(data.subarray(offsetBytes))
      const end = Number(data.readBigUInt64LE(0)) + data.length - offsetBytes
      if (end - acked < ackEveryBytes) return
      acked = end
      socket.send(JSON.stringify({ type: 'ack', offset: end }))
    })
  })
  await opened
  const attach = {
    type: 'attach',
    terminal: null,
    client: 'bench',
    from: 'start',
    cols: 100,
    rows: 30,
    generation: null,
  }
  socket.send(JSON.stringify(attach))
  const terminal = await attached
  return {
    terminal,
    type(bytes) {
      const head = Buffer.alloc(offsetBytes)
      head.writeBigUInt64LE(BigInt(typed))
      typed += bytes.length
      socket.send(Buffer.concat([head, bytes]))
    },
    onOutput: (hear) => {
      listener = hear
    },
    leave: () => socket.close(),
  }
}

const refused = (code: number, reason: string) =>
  new CommandError(
    `The gateway closed the terminal (${code}${reason && `, ${reason}`}).`,
    'The service’s log lies in .ringside/bench/service.log; run the command again.',
  )
