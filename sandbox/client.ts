/**
 * The app's way to the sandbox service: typed HTTP, one function per request. Knows no Docker and keeps no state.
 */
import { z } from 'zod'
import type { Given } from '../labs/schema.ts'
import {
  type PoolState,
  poolStateSchema,
  type Reservation,
  type ReservationRequest,
  reservationSchema,
} from './protocol/pool.ts'
import {
  type CheckResponse,
  type ClosedTerminal,
  checkResponseSchema,
  closedTerminalSchema,
  type InjectRequest,
  type MachineGlance,
  machineGlanceSchema,
  openedTerminalSchema,
  type RecordingInfo,
  recordingInfoSchema,
  type StartRequest,
} from './protocol/requests.ts'
import { type Problem, problemSchema, type SandboxStatus, sandboxStatusSchema } from './protocol/status.ts'
import { type GuestsRequest, type VisitEntry, visitEntrySchema } from './protocol/visits.ts'
import { signTicket } from './tickets.ts'

export interface ServiceAddress {
  url: string
  secret: string
  /** How long a question waits for its answer, ms; what is to be done takes as long as it takes. */
  patienceMs?: number
}

/** The service said no, or did not answer. The problem is fit to be shown. */
export class ServiceError extends Error {
  override name = 'ServiceError'
  readonly status: number
  readonly problem: Problem
  constructor(status: number, problem: Problem, options?: ErrorOptions) {
    super(problem.message, options)
    this.status = status
    this.problem = problem
  }
}

export function sandboxClient(service: ServiceAddress) {
  return {
    start: (request: StartRequest): Promise<SandboxStatus> =>
      call(service, 'POST', '/sandboxes', sandboxStatusSchema, request),
    status: (id: string): Promise<SandboxStatus> =>
      call(service, 'GET', `/sandboxes/${id}`, sandboxStatusSchema),
    list: (owner: string): Promise<SandboxStatus[]> =>
      call(service, 'GET', `/sandboxes?owner=${encodeURIComponent(owner)}`, z.array(sandboxStatusSchema)),
    glances: (ids: string[]): Promise<MachineGlance[]> =>
      call(service, 'POST', '/glances', z.array(machineGlanceSchema), { ids }),
    check: (id: string, answers: Given | null): Promise<CheckResponse> =>
      call(service, 'POST', `/sandboxes/${id}/check`, checkResponseSchema, { answers }),
    /** It was handed in: it stands still from now on, and only its check lets it run. */
    freeze: (id: string): Promise<SandboxStatus> =>
      call(service, 'POST', `/sandboxes/${id}/freeze`, sandboxStatusSchema, {}),
    extend: (id: string): Promise<SandboxStatus> =>
      call(service, 'POST', `/sandboxes/${id}/extend`, sandboxStatusSchema, {}),
    /** Whoever sees it as a screen that is shown to everybody is sent away. */
    dismiss: (id: string): Promise<object> =>
      call(service, 'POST', `/sandboxes/${id}/dismiss`, z.object({}), {}),
    /** Whoever is at other people's machines and has lost the right to. */
    dismissGuests: (whom: GuestsRequest): Promise<object> =>
      call(service, 'POST', '/guests/dismiss', z.object({}), whom),
    inject: (id: string, fault: InjectRequest): Promise<SandboxStatus> =>
      call(service, 'POST', `/sandboxes/${id}/inject`, sandboxStatusSchema, fault),
    reset: (id: string): Promise<SandboxStatus> =>
      call(service, 'POST', `/sandboxes/${id}/reset`, sandboxStatusSchema, {}),
    saveMoment: (id: string, name: string): Promise<SandboxStatus> =>
      call(service, 'POST', `/sandboxes/${id}/moments`, sandboxStatusSchema, { name }),
    backTo: (id: string, moment: number, saveAs: string | null): Promise<SandboxStatus> =>
      call(service, 'POST', `/sandboxes/${id}/moments/${moment}/back`, sandboxStatusSchema, { saveAs }),
    dropMoment: (id: string, moment: number): Promise<SandboxStatus> =>
      call(service, 'DELETE', `/sandboxes/${id}/moments/${moment}`, sandboxStatusSchema),
    end: (id: string): Promise<void> => call(service, 'DELETE', `/sandboxes/${id}`, z.undefined()),
    pool: (): Promise<PoolState> => call(service, 'GET', '/pool', poolStateSchema),
    reserve: (request: ReservationRequest): Promise<Reservation> =>
      call(service, 'POST', '/pool/reservations', reservationSchema, request),
    reservations: (): Promise<Reservation[]> =>
      call(service, 'GET', '/pool/reservations', z.array(reservationSchema)),
    cancelReservation: (id: string): Promise<void> =>
      call(service, 'DELETE', `/pool/reservations/${id}`, z.undefined()),
    openTerminal: (id: string, size: { cols: number; rows: number }): Promise<{ terminal: number }> =>
      call(service, 'POST', `/sandboxes/${id}/terminals`, openedTerminalSchema, size),
    closeTerminal: (id: string, terminal: number, force: boolean): Promise<ClosedTerminal> =>
      call(service, 'POST', `/sandboxes/${id}/terminals/${terminal}/close`, closedTerminalSchema, { force }),
    renameTerminal: (id: string, terminal: number, name: string): Promise<object> =>
      call(service, 'POST', `/sandboxes/${id}/terminals/${terminal}/rename`, z.object({}), { name }),
    /** Of ended machines as well, while they are kept. */
    recordings: (id: string): Promise<RecordingInfo[]> =>
      call(service, 'GET', `/sandboxes/${id}/recordings`, z.array(recordingInfoSchema)),
    /** They are somebody's graded work, of which is disputed later than a week. */
    keepRecordings: (id: string): Promise<object> =>
      call(service, 'POST', `/sandboxes/${id}/recordings/keep`, z.object({}), {}),
    /** Of an ended machine, its counters as well: gone for good. */
    removeRecordings: (id: string): Promise<void> =>
      call(service, 'DELETE', `/sandboxes/${id}/recordings`, z.undefined()),
    /** What visitors did at machines that are not theirs: the oldest that were not taken. */
    visits: (): Promise<VisitEntry[]> => call(service, 'GET', '/visits', z.array(visitEntrySchema)),
    visitsTaken: (ids: string[]): Promise<object> =>
      call(service, 'POST', '/visits/taken', z.object({}), { ids }),
    /** The file as a stream. */
    recording: (id: string, name: string): Promise<ReadableStream<Uint8Array>> =>
      download(service, `/sandboxes/${id}/recordings/${encodeURIComponent(name)}`),
    /** What its machines counted, second by second, as lines. */
    counters: (id: string): Promise<ReadableStream<Uint8Array>> =>
      download(service, `/sandboxes/${id}/counters`),
  }
}
export type SandboxClient = ReturnType<typeof sandboxClient>

async function call<T>(
  service: ServiceAddress,
  method: string,
  path: string,
  schema: z.ZodType<T>,
  body?: unknown,
): Promise<T> {
  // Pages ask on the way to their readers: a service that hangs must not hang them.
  const signal = method === 'GET' ? AbortSignal.timeout(service.patienceMs ?? 10_000) : undefined
  const response = await ask(service, method, path, { body, signal })
  const answer: unknown = response.status === 204 ? undefined : await response.json().catch(() => null)
  if (response.ok) return schema.parse(answer)
  throw refusal(response.status, answer)
}

async function download(service: ServiceAddress, path: string): Promise<ReadableStream<Uint8Array>> {
  const response = await ask(service, 'GET', path)
  if (response.ok && response.body) return response.body
  throw refusal(response.status, await response.json().catch(() => null))
}

async function ask(
  service: ServiceAddress,
  method: string,
  path: string,
  { body, signal }: { body?: unknown; signal?: AbortSignal } = {},
): Promise<Response> {
  const ticket = await signTicket({ aud: 'service', sub: 'app' }, service.secret)
  return fetch(`${service.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${ticket}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  }).catch((cause) => {
    throw new ServiceError(503, notAnswering, { cause })
  })
}

function refusal(status: number, answer: unknown): ServiceError {
  const refused = z.object({ problem: problemSchema }).safeParse(answer)
  return new ServiceError(status, refused.success ? refused.data.problem : notAnswering)
}

const notAnswering: Problem = {
  code: 'service-unavailable',
  message: 'The sandbox service does not answer. Machines that run go on running.',
  remedy: 'Try again in a moment; if it stays so, look at the terminal that runs `npm start`.',
}
