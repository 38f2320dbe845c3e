/**
 * Replies of the world as text, parsed with care (image/PROTOCOL.md), and plans rendered for it. Pure.
 */
import type {
  GuestRun,
  LoadPlan,
  LoadResult,
  Outcome,
  Planned,
  PlannedDatagrams,
  PlannedRequest,
  RequestResult,
  WorldStats,
} from '../grader/guest.ts'
import { parsePairs, WireError } from './wire.ts'

export interface Hello {
  state: MachineState
  agent: 'up' | 'down'
  restoreUs: number
  uptimeMs: number
  /** Why it is dead; empty while it is not. */
  reason: string
  terminals: TerminalState[]
}

export interface TerminalState {
  /** 1 to 8, given again when a terminal is gone. */
  id: number
  /** Counts the terminals of a machine: never given again. */
  serial: number
  start: number
  end: number
  alive: boolean
  /** How the shell ended, once it has. */
  status: number
  cols: number
  rows: number
  /** Which return to a moment it comes from; 0: none. */
  epoch: number
}

/** One answer to `counters`: what the agent sent, unread, and what this side of the wire has seen, by the world's clock. */
export interface CountersAnswer {
  /** Unix milliseconds when the agent had answered, or when nobody waited for it any more. */
  t: number
  tookUs: number
  /** Packets on the wire since the start. */
  wire: { toServer: number; fromServer: number; dropped: number }
  /** The background's seconds that began after the one named in the question. */
  seconds: BackgroundSecond[]
  /** Null: the agent has not answered in time. */
  guest: Buffer | null
}

export type MachineState = 'restoring' | 'booting' | 'running' | 'paused' | 'dead'

/** A moment that the world keeps. */
export interface KeptMoment {
  id: number
  /** The broken start, which goes with the machine. */
  start: boolean
  at: Date
  /** What it takes of the machine's memory, packed. */
  bytes: number
  label: string
}

/** How the background's clients fared in one second. Latencies are of complete 2xx answers, -1 when there was none. */
export interface BackgroundSecond {
  t: number
  started: number
  ok: number
  failed: number
  timeout: number
  p50Us: number
  p95Us: number
  maxUs: number
  retrans: number
}

const states: ReadonlySet<string> = new Set<MachineState>([
  'restoring',
  'booting',
  'running',
  'paused',
  'dead',
])
const outcomes: ReadonlySet<string> = new Set<Outcome>([
  'ok',
  'http',
  'refused',
  'reset',
  'connect-timeout',
  'read-timeout',
  'closed',
  'error',
  'lost',
])

export function parseHello(reply: Buffer): Hello {
  const values: Record<string, string> = {}
  const terminals: Hello['terminals'] = []
  for (const line of lines(reply)) {
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(line) ?? []
    if (key === 'terminal') terminals.push(parseTerminal(line))
    else values[key] = value
  }
  if (!states.has(values.state ?? '')) throw new WireError(`the state ${values.state} is none`)
  const number = numbers(values)
  return {
    state: values.state as MachineState,
    agent: values.agent === 'up' ? 'up' : 'down',
    restoreUs: number('restore_us'),
    uptimeMs: number('uptime_ms'),
    reason: values.reason ?? '',
    terminals,
  }
}

function parseTerminal(line: string): Hello['terminals'][number] {
  const number = numbers(parsePairs(line))
  return {
    id: number('terminal'),
    serial: number('serial'),
    start: number('start'),
    end: number('end'),
    alive: number('alive') === 1,
    status: number('status'),
    cols: number('cols'),
    rows: number('rows'),
    epoch: number('epoch'),
  }
}

/** A first line of figures, then exactly as many bytes of stdout and stderr as it tells. */
export function parseRun(reply: Buffer): GuestRun {
  const at = reply.indexOf('\n')
  const number = numbers(parsePairs(reply.subarray(0, Math.max(at, 0)).toString()))
  const output = reply.subarray(at + 1)
  const [stdout, stderr] = [number('stdout'), number('stderr')]
  if (output.length !== stdout + stderr) throw new WireError('the output is not as long as told')
  return {
    exitCode: number('exit'),
    stdout: output.subarray(0, stdout).toString(),
    stderr: output.subarray(stdout).toString(),
    timedOut: number('timeout') === 1,
    truncated: number('truncated') === 1,
    ms: number('ms'),
  }
}

/** @throws WireError unless the reply is exactly as long as its first line tells */
export function parseCounters(reply: Buffer): CountersAnswer {
  const at = reply.indexOf('\n')
  const number = numbers(parsePairs(reply.subarray(0, Math.max(at, 0)).toString()))
  const rest = reply.subarray(at + 1)
  const [seconds, guest] = [number('seconds'), number('guest')]
  if (seconds < 0 || guest < -1 || rest.length !== seconds + Math.max(guest, 0))
    throw new WireError('the counters are not as long as told')
  return {
    t: number('t'),
    tookUs: number('took_us'),
    wire: { toServer: number('to'), fromServer: number('from'), dropped: number('dropped') },
    seconds: parseSeconds(rest.subarray(0, seconds)),
    guest: guest < 0 ? null : rest.subarray(seconds),
  }
}

export function parseSeconds(reply: Buffer): BackgroundSecond[] {
  return lines(reply).map((line) => {
    const number = numbers(parsePairs(line))
    return {
      t: number('t'),
      started: number('started'),
      ok: number('ok'),
      failed: number('failed'),
      timeout: number('timeout'),
      p50Us: number('p50_us'),
      p95Us: number('p95_us'),
      maxUs: number('max_us'),
      retrans: number('retrans'),
    }
  })
}

/** One request a line. The world wants them sorted by time; `order` leads back to the plan's own order. */
export function renderPlan({ requests }: LoadPlan<Planned>): { text: string; order: number[] } {
  const order = requests.map((_, index) => index)
  order.sort((a, b) => (requests[a] as Planned).atMs - (requests[b] as Planned).atMs)
  const text = order.map((index) => renderLine(requests[index] as Planned)).join('\n')
  return { text, order }
}

const renderLine = (line: Planned): string =>
  line.kind === 'datagrams' ? renderDatagrams(line) : renderRequest(line)

function renderRequest(request: PlannedRequest): string {
  const { atMs, src, method, path, connectTimeoutMs, totalTimeoutMs, bodyBytes, holdMs } = request
  const words = [
    `at=${Math.round(atMs)} src=${src} method=${method} path=${path}`,
    `connect_ms=${Math.round(connectTimeoutMs)} total_ms=${Math.round(totalTimeoutMs)}`,
  ]
  if (bodyBytes) words.push(`body=${bodyBytes}`)
  if (holdMs) words.push(`hold=${Math.round(holdMs)}`)
  return words.join(' ')
}

function renderDatagrams(line: PlannedDatagrams): string {
  const { atMs, src, sources, count, bytes, port, askPort, connectTimeoutMs, totalTimeoutMs, overMs } = line
  const words = [
    `at=${Math.round(atMs)} kind=datagrams src=${src} sources=${sources} count=${count} bytes=${bytes}`,
    `port=${port} ask_port=${askPort}`,
    `connect_ms=${Math.round(connectTimeoutMs)} total_ms=${Math.round(totalTimeoutMs)}`,
  ]
  if (overMs) words.push(`over_ms=${Math.round(overMs)}`)
  return words.join(' ')
}

/** @throws WireError unless every request of the plan has its result: a missing one must never count as good */
export function parseLoadResult(reply: Buffer, order: number[]): LoadResult {
  const all = lines(reply)
  const last = all.pop() ?? ''
  if (!last.startsWith('netstat ') || all.length !== order.length)
    throw new WireError(`${all.length} results for ${order.length} requests`)
  const results = new Array<RequestResult>(order.length)
  all.forEach((line, i) => {
    results[order[i] as number] = parseRequestResult(parsePairs(line), i)
  })
  const pairs = parsePairs(last)
  const number = numbers(pairs)
  return {
    results,
    netstat: {
      retransSegs: number('retrans_segs'),
      outRsts: number('out_rsts'),
      inRsts: number('in_rsts'),
      activeOpens: number('active_opens'),
      synRetrans: number('syn_retrans'),
    },
    ms: number('ms'),
    ...(pairs.host_left !== undefined && { host: { left: number('host_left') / 100 } }),
  }
}

function parseRequestResult(pairs: Record<string, string>, index: number): RequestResult {
  const number = numbers(pairs)
  if (number('i') !== index || !outcomes.has(pairs.outcome ?? ''))
    throw new WireError(`result ${index} is not one`)
  return {
    outcome: pairs.outcome as Outcome,
    status: number('status'),
    connectUs: number('connect_us'),
    firstByteUs: number('first_us'),
    totalUs: number('total_us'),
    bytes: number('bytes'),
    retransmits: number('retrans'),
    head: Buffer.from(pairs.head ?? '', 'hex').toString(),
    ...(pairs.sent !== undefined && { sent: number('sent'), delivered: number('delivered') }),
  }
}

/** A line per thing, its name first. */
export function parseWorldStats(reply: Buffer): WorldStats {
  const all = new Map(
    lines(reply).map((line) => {
      const [name = '', ...rest] = line.split(' ')
      return [name, numbers(parsePairs(rest.join(' ')))]
    }),
  )
  const of = (name: string) => all.get(name) ?? numbers({})
  const [flood, upstream, wan, wire] = [of('flood'), of('upstream'), of('wan'), of('wire')]
  return {
    flood: { sent: flood('sent') },
    upstream: {
      accepted: upstream('accepted'),
      requests: upstream('requests'),
      open: upstream('open'),
      mostOpen: upstream('most_open'),
    },
    wan: {
      forwarded: wan('forwarded'),
      tooBig: wan('toobig'),
      lost: wan('lost'),
      dropped: wan('dropped'),
    },
    wire: { dropped: wire('dropped') },
  }
}

export const parseMoments = (reply: Buffer): KeptMoment[] =>
  lines(reply).map((line) => {
    const values = parsePairs(line)
    const number = numbers(values)
    return {
      id: number('moment'),
      start: number('start') === 1,
      at: new Date(number('at')),
      bytes: number('bytes'),
      label: Buffer.from(values.label ?? '', 'hex').toString(),
    }
  })

/** Reads named numbers. @throws WireError at one that is missing or none */
export function numbers(pairs: Record<string, string>): (key: string) => number {
  return (key) => {
    const value = pairs[key] ? Number(pairs[key]) : Number.NaN
    if (!Number.isSafeInteger(value)) throw new WireError(`${key} is missing or no number`)
    return value
  }
}

const lines = (reply: Buffer): string[] =>
  reply
    .toString()
    .split('\n')
    .filter((line) => line !== '')
