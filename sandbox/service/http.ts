/**
 * The service's HTTP side: routes, tickets of the app, problems as answers. Knows rooms, no Docker and no WebSocket.
 */
import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { z } from 'zod'
import { UnknownLabError } from '../../labs/catalog.ts'
import { reservationRequestSchema } from '../protocol/pool.ts'
import {
  backToMomentSchema,
  castType,
  checkRequestSchema,
  closeTerminalSchema,
  countersType,
  glancesRequestSchema,
  injectRequestSchema,
  openTerminalSchema,
  renameTerminalSchema,
  saveMomentSchema,
  startRequestSchema,
} from '../protocol/requests.ts'
import { guestsRequestSchema, visitsTakenSchema } from '../protocol/visits.ts'
import { TicketError, verifyTicket } from '../tickets.ts'
import { glanceAt } from './glance.ts'
import { noSuchRecording, Refusal, toProblem } from './problems.ts'
import { requestUrl } from './request-url.ts'
import type { Rooms } from './rooms.ts'

const maxBodyBytes = 64 * 1024

interface Answer {
  status: number
  body?: unknown
  /** Sent as it is, instead of a body; a recording unless it is said to be something else. */
  file?: string
  type?: string
}

interface Input {
  id: string
  /** What the path names below the sandbox: a terminal's or a moment's number, a recording's file. */
  name: string
  query: URLSearchParams
  body: unknown
}
type Route = (rooms: Rooms, input: Input) => Promise<Answer>

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
    /^\/sandboxes\/(?<id>[^/]+)\/freeze$/,
    async (rooms, { id }) => ({ status: 200, body: await rooms.get(id).freeze() }),
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
  [
    'POST',
    /^\/glances$/,
    async (rooms, { body }) => ({
      status: 200,
      body: glancesRequestSchema.parse(body).ids.flatMap((id) => {
        const room = rooms.find(id)
        return room ? [glanceAt(room)] : []
      }),
    }),
  ],
  [
    'POST',
    /^\/sandboxes\/(?<id>[^/]+)\/dismiss$/,
    async (rooms, { id }) => {
      rooms.get(id).visits.dismissMembers()
      return { status: 200, body: {} }
    },
  ],
  [
    'POST',
    /^\/sandboxes\/(?<id>[^/]+)\/inject$/,
    async (rooms, { id, body }) => {
      const { lab, seed } = injectRequestSchema.parse(body)
      return { status: 200, body: await rooms.get(id).inject(rooms.labOf(lab), seed) }
    },
  ],
  [
    'POST',
    /^\/guests\/dismiss$/,
    async (rooms, { body }) => {
      rooms.guests.dismiss(guestsRequestSchema.parse(body))
      return { status: 200, body: {} }
    },
  ],
  ['GET', /^\/visits$/, async (rooms) => ({ status: 200, body: await rooms.journal.first() })],
  [
    'POST',
    /^\/visits\/taken$/,
    async (rooms, { body }) => {
      await rooms.journal.taken(visitsTakenSchema.parse(body).ids)
      return { status: 200, body: {} }
    },
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
    /^\/sandboxes\/(?<id>[^/]+)\/moments\/(?<name>\d{1,9})\/back$/,
    async (rooms, { id, name, body }) => {
      const room = rooms.get(id)
      const { saveAs } = backToMomentSchema.parse(body)
      await room.stay.whileAwake(() => room.moments.backTo(Number(name), saveAs))
      return { status: 200, body: room.status }
    },
  ],
  [
    'DELETE',
    /^\/sandboxes\/(?<id>[^/]+)\/moments\/(?<name>\d{1,9})$/,
    async (rooms, { id, name }) => {
      const room = rooms.get(id)
      await room.moments.drop(Number(name))
      return { status: 200, body: room.status }
    },
  ],
  [
    'POST',
    /^\/sandboxes\/(?<id>[^/]+)\/terminals$/,
    async (rooms, { id, body }) => {
      const room = rooms.get(id)
      const size = openTerminalSchema.parse(body)
      const { terminal } = await room.stay.whileAwake(() => room.terminals.open(size))
      room.moments.touched()
      return { status: 201, body: { terminal } }
    },
  ],
  [
    'POST',
    /^\/sandboxes\/(?<id>[^/]+)\/terminals\/(?<name>\d{1,9})\/close$/,
    async (rooms, { id, name, body }) => {
      const room = rooms.get(id)
      const { force } = closeTerminalSchema.parse(body)
      const closed = await room.stay.whileAwake(() => room.terminals.close(Number(name), force))
      if (closed.closed) room.moments.touched()
      return { status: 200, body: closed }
    },
  ],
  [
    'POST',
    /^\/sandboxes\/(?<id>[^/]+)\/terminals\/(?<name>\d{1,9})\/rename$/,
    async (rooms, { id, name, body }) => {
      await rooms.get(id).terminals.rename(Number(name), renameTerminalSchema.parse(body).name)
      return { status: 200, body: {} }
    },
  ],
  [
    'GET',
    /^\/sandboxes\/(?<id>[^/]+)\/recordings$/,
    async (rooms, { id }) => ({ status: 200, body: await rooms.recordings.list(id) }),
  ],
  [
    'DELETE',
    /^\/sandboxes\/(?<id>[^/]+)\/recordings$/,
    async (rooms, { id }) => {
      await rooms.removeRecordings(id)
      return { status: 204 }
    },
  ],
  [
    'POST',
    /^\/sandboxes\/(?<id>[^/]+)\/recordings\/keep$/,
    async (rooms, { id }) => {
      await rooms.recordings.keep(id)
      return { status: 200, body: {} }
    },
  ],
  [
    'GET',
    /^\/sandboxes\/(?<id>[^/]+)\/recordings\/(?<name>[^/]+)$/,
    async (rooms, { id, name }) => {
      const file = await rooms.recordings.file(id, name)
      if (!file) throw noSuchRecording()
      return { status: 200, file }
    },
  ],
  [
    'GET',
    /^\/sandboxes\/(?<id>[^/]+)\/counters$/,
    async (rooms, { id }) => {
      const file = await rooms.recordings.counters(id)
      if (!file) throw noSuchRecording()
      return { status: 200, file, type: countersType }
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
  const url = requestUrl(request)
  if (!url) throw badRequest('its address is none')
  if (url.pathname === '/health') return { status: 200, body: { ok: true } }
  await verifyTicket(bearer(request), 'service', secret)
  for (const [method, path, route] of routes) {
    const match = path.exec(url.pathname)
    if (!match || method !== request.method) continue
    const body = method === 'POST' ? await readJson(request) : null
    const { id = '', name = '' } = match.groups ?? {}
    return route(rooms, { id, name, query: url.searchParams, body })
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
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > maxBodyBytes) break
      chunks.push(chunk)
    }
  } catch {
    throw badRequest('its body was cut off')
  }
  if (bytes > maxBodyBytes) throw badRequest('the body is larger than 64 KiB')
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

function send(response: ServerResponse, { status, body, file, type = castType }: Answer): void {
  if (file) {
    sendFile(response, file, type)
    return
  }
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

/** It may be written to meanwhile: what was there is sent. Who has left already leaves no open file behind. */
function sendFile(response: ServerResponse, file: string, type: string): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' })
  pipeline(createReadStream(file), response, () => {})
}
