/**
 * The service's HTTP side: routes, tickets of the app, problems as answers. Knows rooms, no Docker and no WebSocket.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { UnknownLabError } from '../../labs/catalog.ts'
import {
  backToMomentSchema,
  checkRequestSchema,
  reservationRequestSchema,
  saveMomentSchema,
  startRequestSchema,
} from '../protocol.ts'
import { TicketError, verifyTicket } from '../tickets.ts'
import { Refusal, toProblem } from './problems.ts'
import type { Rooms } from './rooms.ts'

const maxBodyBytes = 64 * 1024

interface Answer {
  status: number
  body?: unknown
}

type Route = (
  rooms: Rooms,
  input: { id: string; moment: number; query: URLSearchParams; body: unknown },
) => Promise<Answer>

const routes: [method: string, path: RegExp, route: Route][] = [
  [
    'POST',
    /^\/sandboxes$/,
    async (rooms, { body }) => ({ status: 201, body: rooms.open(startRequestSchema.parse(body)).status }),
  ],
  [
    'GET',
    /^\/sandboxes$/,
    async (rooms, { query }) => ({ status: 200, body: rooms.list(query.get('owner') ?? '') }),
  ],
  [
    'GET',
    /^\/sandboxes\/(?<id>[^/]+)$/,
    async (rooms, { id }) => ({ status: 200, body: rooms.get(id).status }),
  ],
  [
    'DELETE',
    /^\/sandboxes\/(?<id>[^/]+)$/,
    async (rooms, { id }) => {
      await rooms.end(id)
      return { status: 204 }
    },
  ],
  [
    'POST',
    /^\/sandboxes\/(?<id>[^/]+)\/check$/,
    async (rooms, { id, body }) => ({
      status: 200,
      body: await rooms.get(id).check(checkRequestSchema.parse(body).answers),
    }),
  ],
  [
    'POST',
    /^\/sandboxes\/(?<id>[^/]+)\/extend$/,
    async (rooms, { id }) => ({ status: 200, body: await rooms.get(id).extend() }),
  ],
  [
    'POST',
    /^\/sandboxes\/(?<id>[^/]+)\/reset$/,
    async (rooms, { id }) => ({ status: 202, body: rooms.get(id).reset() }),
  ],
  ['GET', /^\/pool$/, async (rooms) => ({ status: 200, body: rooms.pool.state() })],
  [
    'GET',
    /^\/pool\/reservations$/,
    async (rooms) => ({ status: 200, body: rooms.pool.state().reservations }),
  ],
  [
    'POST',
    /^\/pool\/reservations$/,
    async (rooms, { body }) => ({
      status: 201,
      body: await rooms.pool.reserve(reservationRequestSchema.parse(body)),
    }),
  ],
  [
    'DELETE',
    /^\/pool\/reservations\/(?<id>[^/]+)$/,
    async (rooms, { id }) => {
      await rooms.pool.cancel(id)
      return { status: 204 }
    },
  ],
  [
    'POST',
    /^\/sandboxes\/(?<id>[^/]+)\/moments$/,
    async (rooms, { id, body }) => {
      const room = rooms.get(id)
      const { name } = saveMomentSchema.parse(body)
      await room.stay.whileAwake(() => room.moments.save(name))
      return { status: 201, body: room.status }
    },
  ],
  [
    'POST',
    /^\/sandboxes\/(?<id>[^/]+)\/moments\/(?<moment>\d{1,9})\/back$/,
    async (rooms, { id, moment, body }) => {
      const room = rooms.get(id)
      const { saveAs } = backToMomentSchema.parse(body)
      await room.stay.whileAwake(() => room.moments.backTo(moment, saveAs))
      return { status: 200, body: room.status }
    },
  ],
  [
    'DELETE',
    /^\/sandboxes\/(?<id>[^/]+)\/moments\/(?<moment>\d{1,9})$/,
    async (rooms, { id, moment }) => {
      const room = rooms.get(id)
      await room.moments.drop(moment)
      return { status: 200, body: room.status }
    },
  ],
]

/** An HTTP server that is not listening yet. */
export function serviceServer(rooms: Rooms, secret: string, log: (line: string) => void): Server {
  return createServer((request, response) => {
    answer(rooms, secret, request)
      .catch((error: unknown) => refuse(error, log))
      .then((result) => send(response, result))
  })
}

async function answer(rooms: Rooms, secret: string, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://service')
  if (url.pathname === '/health') return { status: 200, body: { ok: true } }
  await verifyTicket(bearer(request), 'service', secret)
  for (const [method, path, route] of routes) {
    const match = path.exec(url.pathname)
    if (!match || method !== request.method) continue
    const body = method === 'POST' ? await readJson(request) : null
    const { id = '', moment } = match.groups ?? {}
    return route(rooms, { id, moment: Number(moment ?? 0), query: url.searchParams, body })
  }
  throw new Refusal(404, {
    code: 'no-route',
    message: `The service has no ${request.method} ${url.pathname}.`,
    remedy: 'App and service are of different versions: stop both and run `npm start` again.',
  })
}

const bearer = (request: IncomingMessage): string =>
  /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw badRequest('the body is larger than 64 KiB')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8') || 'null')
  } catch {
    throw badRequest('the body is not JSON')
  }
}

const badRequest = (what: string): Refusal =>
  new Refusal(400, {
    code: 'bad-request',
    message: `The request was not understood: ${what}.`,
    remedy: 'Reload the page and try again.',
  })

function refuse(error: unknown, log: (line: string) => void): Answer {
  if (error instanceof TicketError)
    return {
      status: 401,
      body: {
        problem: {
          code: 'bad-ticket',
          message: error.message,
          remedy: 'App and service must share RINGSIDE_SECRET: start both with `npm start`.',
        },
      },
    }
  if (error instanceof z.ZodError)
    return { status: 400, body: { problem: badRequest(z.prettifyError(error)).problem } }
  if (error instanceof UnknownLabError)
    return {
      status: 404,
      body: {
        problem: { code: 'no-lab', message: error.message, remedy: 'Choose a lab of the course page.' },
      },
    }
  if (!(error instanceof Refusal))
    log(`request failed: ${error instanceof Error ? error.stack : String(error)}`)
  const status = error instanceof Refusal ? error.status : 500
  return { status, body: { problem: toProblem(error) } }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}
