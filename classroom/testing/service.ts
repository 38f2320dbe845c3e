/**
 * A sandbox service for tests: a real HTTP server on a port of its own that speaks sandbox/protocol/ and plays recorded verdicts. It has
 * no machines. What can go wrong with the real one can be brought about by hand.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import acceptQueue from '../../labs/accept-queue/lab.ts'
import type { LabFolder } from '../../labs/folder.ts'
import { sandboxClient } from '../../sandbox/client.ts'
import {
  type CheckResponse,
  checkRequestSchema,
  injectRequestSchema,
  type RecordingInfo,
  saveMomentSchema,
  startRequestSchema,
} from '../../sandbox/protocol/requests.ts'
import type { Problem, SandboxStatus } from '../../sandbox/protocol/status.ts'
import {
  type GuestsRequest,
  guestsRequestSchema,
  type VisitEntry,
  visitsTakenSchema,
} from '../../sandbox/protocol/visits.ts'
import { refuseToCheck } from '../../sandbox/service/checkable.ts'
import { Refusal } from '../../sandbox/service/problems.ts'
import { verifyTicket } from '../../sandbox/tickets.ts'
import { testPool } from './pool.ts'
import { recordedCheck } from './recorded.ts'

export const secret = 'a secret for tests, thirty-two bytes long'

interface Answer {
  status: number
  body?: unknown
  /** Sent as it is. */
  text?: string
}

export async function testService() {
  const machines = new Map<string, SandboxStatus>()
  const pool = testPool()
  /** Whose recordings were removed. */
  const forgotten = new Set<string>()
  /** Whose recordings are kept for longer. */
  const kept = new Set<string>()
  /** Every request as `METHOD /path`, in the order of arrival. */
  const requests: string[] = []
  /** The role of each that asked for a machine. */
  const roles: (string | undefined)[] = []
  /** Who was sent away from machines that are not theirs. */
  const dismissed: GuestsRequest[] = []
  /** What visitors did and nobody has taken. */
  const visits: VisitEntry[] = []
  const faults = {
    /** What is said to be taken is kept all the same: whoever took it was killed before. */
    keepVisits: false,
    /** Every request is refused with this. */
    refuse: null as Problem | null,
    /** Called while a check is going on; the machine may vanish here. */
    duringCheck: async (_id: string): Promise<void> => {},
    duringInjection: async (_id: string): Promise<void> => {},
    /** Machines that cannot be broken just now. */
    unfit: new Set<string>(),
    verdict: recordedCheck() as CheckResponse,
  }

  const server = createServer(async (request, response) => {
    const { status, body, text } = await handle(request).catch((error) =>
      error instanceof Refusal
        ? { status: error.status, body: { problem: error.problem }, text: undefined }
        : refusal(500, 'broken', String(error)),
    )
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(text ?? (body === undefined ? undefined : JSON.stringify(body)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function handle(request: IncomingMessage): Promise<Answer> {
    requests.push(`${request.method} ${request.url}`)
    await verifyTicket(String(request.headers.authorization).replace('Bearer ', ''), 'service', secret)
    const body = await bodyOf(request)
    if (faults.refuse) return { status: 503, body: { problem: faults.refuse } }
    if (request.url?.startsWith('/pool')) return pool.handle(String(request.method), request.url, body)
    if (request.method === 'GET' && request.url?.startsWith('/sandboxes?owner=')) return list(request.url)
    const [, , id = '', action, name] = String(request.url).split('/')
    if (request.url === '/guests/dismiss') {
      dismissed.push(guestsRequestSchema.parse(body))
      return { status: 200, body: {} }
    }
    if (request.url === '/visits') return { status: 200, body: visits }
    if (request.url === '/visits/taken') return take(visitsTakenSchema.parse(body).ids)
    if (request.method === 'POST' && !id) return start(body)
    if (action === 'recordings' && request.method === 'DELETE') {
      forgotten.add(id)
      return machines.has(id) ? refusal(409, 'still-recorded', 'It is still there.') : { status: 204 }
    }
    if (action === 'recordings' && request.method === 'POST') {
      kept.add(id)
      return { status: 200, body: {} }
    }
    if (action === 'recordings' && forgotten.has(id)) return { status: 200, body: [] }
    if (action === 'recordings')
      return name ? { status: 200, text: recorded } : { status: 200, body: [recording] }
    if (action === 'counters') return { status: 200, text: '{"t":1,"whole":true}\n' }
    const machine = machines.get(id)
    if (!machine) return refusal(404, 'no-such-sandbox', 'There is no such sandbox.')
    if (action === 'terminals') return terminal(request)
    if (action === 'inject') return inject(machine, body)
    if (action === 'dismiss') return { status: 200, body: {} }
    if (request.method === 'GET') return { status: 200, body: machine }
    if (action === 'moments') return turn(machine, String(request.method), Number(name ?? 0), body)
    if (request.method === 'DELETE') {
      machines.delete(id)
      return { status: 204 }
    }
    if (action === 'freeze') return { status: 200, body: Object.assign(machine, { frozen: true }) }
    if (action === 'extend') return extend(machine)
    return action === 'reset' ? reset(machine) : check(machine, body)
  }

  function take(ids: string[]): Answer {
    if (!faults.keepVisits) visits.splice(0, visits.length, ...visits.filter(({ id }) => !ids.includes(id)))
    return { status: 200, body: {} }
  }

  function list(address: string): Answer {
    const owner = new URL(address, url).searchParams.get('owner')
    return { status: 200, body: [...machines.values()].filter((machine) => machine.owner === owner) }
  }

  function extend(machine: SandboxStatus): Answer {
    machine.expiresAt = machine.extendableUntil
    return { status: 200, body: machine }
  }

  function terminal(request: IncomingMessage): Answer {
    const { url = '' } = request
    if (url.endsWith('/close')) return { status: 200, body: { closed: true, program: '' } }
    return url.endsWith('/rename') ? { status: 200, body: {} } : { status: 201, body: { terminal: 2 } }
  }

  function start(body: unknown): Answer {
    const { id, lab, seed, owner, role } = startRequestSchema.parse(body)
    roles.push(role)
    const known = machines.get(id)
    if (!known) machines.set(id, readyMachine(id, lab, seed, owner))
    return { status: 200, body: machines.get(id) }
  }

  async function inject(machine: SandboxStatus, body: unknown): Promise<Answer> {
    const { lab, seed } = injectRequestSchema.parse(body)
    await faults.duringInjection(machine.id)
    if (faults.unfit.has(machine.id)) return refusal(409, 'busy-machine', 'The machine is busy.')
    Object.assign(machine, { lab, seed })
    return { status: 200, body: machine }
  }

  function reset(machine: SandboxStatus): Answer {
    machine.generation += 1
    machine.state = 'ready'
    return { status: 200, body: machine }
  }

  /** Moments are only kept by name: there is nothing to go back to. */
  function turn({ id, rewind }: SandboxStatus, method: string, moment: number, body: unknown): Answer {
    const at = rewind.moments.findIndex((one) => one.id === moment)
    if (moment && at < 0) return refusal(409, 'no-moment', 'This moment is no longer there.')
    if (method === 'DELETE') rewind.moments.splice(at, 1)
    else if (!moment) {
      const { name } = saveMomentSchema.parse(body)
      const at = new Date().toISOString()
      rewind.moments.push({ id: rewind.moments.length + 1, kind: 'saved', name, at, bytes: 3_500_000 })
    }
    return { status: 200, body: machines.get(id) }
  }

  async function check(machine: SandboxStatus, body: unknown): Promise<Answer> {
    const { answers } = checkRequestSchema.parse(body)
    // The labs of these tests are all of this form.
    refuseToCheck({ lab: acceptQueue } as LabFolder, answers, false)
    await faults.duringCheck(machine.id)
    if (!machines.has(machine.id)) return refusal(404, 'no-such-sandbox', 'There is no such sandbox.')
    return { status: 200, body: faults.verdict }
  }

  return {
    url,
    machines,
    pool,
    forgotten,
    /** As when it is killed: whoever waits for an answer gets none. */
    cut: () => server.closeAllConnections(),
    kept,
    requests,
    roles,
    dismissed,
    visits,
    faults,
    sandboxes: sandboxClient({ url, secret }),
    /** Nothing listens any more. */
    down: () => closeServer(),
    [Symbol.asyncDispose]: () => closeServer(),
  }

  function closeServer(): Promise<void> {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  }
}

const recorded = '{"version":2,"width":80,"height":24,"timestamp":1700000000}\n[0.1, "o", "$ "]\n'
const recording: RecordingInfo = {
  name: '0-1.cast',
  generation: 0,
  terminal: 1,
  bytes: recorded.length,
  changedAt: '2026-11-26T20:00:00.000Z',
}

function readyMachine(id: string, lab: string, seed: number, owner: string): SandboxStatus {
  return {
    id,
    lab,
    seed,
    owner,
    generation: 0,
    state: 'ready',
    steps: [{ id: 'container', title: 'Container', ms: 310 }],
    baseline: 'taken',
    checking: false,
    checksAhead: 0,
    rewind: { allowed: true, moments: [], busy: null, unsaved: false },
    startedAt: new Date().toISOString(),
    liveCounters: false,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    extendableUntil: new Date(Date.now() + 7_200_000).toISOString(),
    suspendedAt: null,
    frozen: false,
    startMs: 412,
    problem: null,
  }
}

function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { problem: { code, message, remedy: 'Start the lab again.' } satisfies Problem } }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text ? JSON.parse(text) : undefined
}
