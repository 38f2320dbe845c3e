/**
 * A client of the world inside a sandbox, over any duplex stream: every command of image/PROTOCOL.md, leg A, as a typed question. Knows no
 * Docker, no HTTP and no lab.
 */
import type { Duplex } from 'node:stream'
import type {
  Flood,
  GuestRun,
  LoadOptions,
  LoadPlan,
  LoadResult,
  Planned,
  Upstream,
  Wan,
  WorldStats,
} from '../grader/guest.ts'
import { Exchange, type LinkError, type LinkEvent, type Values, type Viewer } from './link-exchange.ts'
import {
  type BackgroundSecond,
  type CountersAnswer,
  type Hello,
  type KeptMoment,
  numbers,
  parseCounters,
  parseHello,
  parseLoadResult,
  parseMoments,
  parseRun,
  parseSeconds,
  parseWorldStats,
  renderPlan,
} from './link-text.ts'
import { parsePairs } from './wire.ts'

export { LinkError, type LinkEvent } from './link-exchange.ts'
export type {
  BackgroundSecond,
  CountersAnswer,
  Hello,
  KeptMoment,
  MachineState,
} from './link-text.ts'

export interface Size {
  cols: number
  rows: number
}

/** What runs in a terminal beside its shell; `program` is its name as the guest tells it, at most 15 printable characters. */
export interface Foreground {
  busy: boolean
  program: string
}

/** One viewer of one terminal. onClosed: the shell has ended. onLost: the link is gone, the terminal may live on. */
export interface SubscribeOptions extends Viewer {
  terminal: number
  /** Names the typist across reconnects: at most 32 letters, digits and dashes. One without a name only looks. */
  client?: string
  /** False: the shell never waits for this viewer, whom the ring may overtake. */
  setsPace?: boolean
  /** An offset, all that is kept, or only what comes from now on. */
  from: number | 'start' | 'live'
  /** How far output may run ahead of the acks; 1 MiB when not told. Smaller shows Ctrl-C sooner on slow networks. */
  windowBytes?: number
  /** How much of what is typed may be under way to the shell; what is beyond waits here, and goes when the viewer leaves. */
  typedWindowBytes?: number
  /**
   * Before the first output: what the world keeps of the output, how much of this client's input it has, and which return to a moment the
   * terminal comes from: what was typed before another one is not for this shell.
   */
  onStart?(state: { start: number; end: number; typed: number; epoch: number }): void
}

export interface Subscription {
  /** The viewer has digested the output before this offset. */
  ack(offset: number): void
  /** Types bytes whose first is number `offset` of this client's. Bytes already known are dropped, a hole is ignored. */
  type(offset: number, bytes: Uint8Array): void
  leave(): void
}

export interface SavedMoment {
  id: number
  bytes: number
  stoodMs: number
}

export interface Link {
  /** Asks any command; all others do it through this one. @throws LinkError when refused or gone */
  request(command: string, values?: Values, body?: string | Uint8Array): Promise<Buffer>
  hello(): Promise<Hello>
  /** Waits until the VM runs, its agent answers and its clock is right. */
  waitReady(timeoutMs: number): Promise<Hello>
  /** Runs a bash script as root in the guest. `limit` bounds stdout and stderr, each. */
  exec(script: string, options?: { timeoutMs?: number; limit?: number }): Promise<GuestRun>
  /** Plays a plan once; results come in the plan's own order. */
  load(plan: LoadPlan<Planned>, options?: LoadOptions): Promise<LoadResult>
  /** Plays a plan over and over, in place of the one before. */
  startBackground(plan: LoadPlan<Planned>, everyMs: number): Promise<void>
  stopBackground(): Promise<void>
  /** The last seconds, oldest first. */
  backgroundStats(seconds: number): Promise<BackgroundSecond[]>
  /** The world's own /proc/net/snmp and /proc/net/netstat. */
  netstat(): Promise<string>
  /** Changes the WAN at once. */
  setWan(wan: Wan): Promise<void>
  /** Floods from now on, in place of what was; rests while the VM does not run. */
  startFlood(flood: Flood): Promise<void>
  stopFlood(): Promise<void>
  /** Opens or changes the price service; connections live on while the port stays the same. */
  openUpstream(upstream: Upstream): Promise<void>
  closeUpstream(): Promise<void>
  worldStats(): Promise<WorldStats>
  /** The guest's counters, and the background's seconds that began after `since`, in unix seconds; none without. */
  counters(options?: { timeoutMs?: number; since?: number }): Promise<CountersAnswer>
  openTerminal(size: Size): Promise<number>
  closeTerminal(terminal: number): Promise<void>
  resizeTerminal(terminal: number, size: Size): Promise<void>
  /** @throws LinkError when the guest does not say */
  foreground(terminal: number): Promise<Foreground>
  /** Microseconds from input leaving at the agent's port to the next output there, since the last asking; the first one begins it. */
  echoTimes(terminal: number): Promise<number[]>
  subscribe(options: SubscribeOptions): Promise<Subscription>
  memoSet(name: string, text: string): Promise<void>
  memoGet(name: string): Promise<string | null>
  pause(): Promise<void>
  resume(): Promise<void>
  /** Makes a template of the VM; the container ends with status 0. */
  save(path: string): Promise<void>
  /** Saves this moment; the machine stands still for `stoodMs`. `start` marks the broken start. */
  saveMoment(label: string, options?: { start?: boolean }): Promise<SavedMoment>
  /** Everything in the VM is as it was then, terminals and all; subscriptions see a gap in their output, and type no more. */
  backTo(moment: number): Promise<void>
  dropMoment(moment: number): Promise<void>
  moments(): Promise<KeptMoment[]>
  /** Ends the container. */
  poweroff(): Promise<void>
  onEvent(listener: (event: LinkEvent) => void): () => void
  /** The VM died, or the link broke without being closed. At most once. */
  onDead(listener: (reason: string) => void): () => void
  /** Ends the connection; the sandbox lives on. */
  close(): void
}

/** Speaks to a world over this stream: a `docker exec` of `world connect`, or its socket. */
export function connectLink(stream: Duplex): Link {
  const exchange = new Exchange(stream)
  const ask = <T>(command: string, values: Values, parse: (reply: Buffer) => T, body = '') =>
    exchange.ask(command, values, body, parse)

  return {
    request: (command, values = {}, body = '') => exchange.ask(command, values, body, (reply) => reply),
    hello: () => ask('hello', {}, parseHello),
    waitReady: (timeoutMs) => ask('wait-ready', { timeout: timeoutMs }, parseHello),
    exec: (script, { timeoutMs = 30_000, limit = 256 * 1024 } = {}) =>
      ask('exec', { timeout: timeoutMs, limit }, parseRun, script),
    load(plan, { until } = {}) {
      const { text, order } = renderPlan(plan)
      const values = { ...target(plan), ...(until && { until: 'retrans' }) }
      return ask('load', values, (reply) => parseLoadResult(reply, order), text)
    },
    startBackground: (plan, everyMs) =>
      ask('background', { every: everyMs, ...target(plan) }, nothing, renderPlan(plan).text),
    stopBackground: () => ask('background-stop', {}, nothing),
    backgroundStats: (seconds) => ask('background-stats', { seconds }, parseSeconds),
    netstat: () => ask('netstat', {}, String),
    setWan: ({ mtu = 1500, delayMs = 0, lossPermille = 0 }) =>
      ask('wan', { mtu, delay: delayMs, loss: lossPermille }, nothing),
    startFlood: ({ pps, dst, port }) => ask('flood', { pps, dst, port }, nothing),
    stopFlood: () => ask('flood', { pps: 0 }, nothing),
    openUpstream: ({ port, delayMs, keepAlive = true, limit = 512 }) =>
      ask('upstream', { port, delay: delayMs, keepalive: keepAlive ? 1 : 0, limit }, nothing),
    closeUpstream: () => ask('upstream', { port: 0 }, nothing),
    worldStats: () => ask('world-stats', {}, parseWorldStats),
    counters: ({ timeoutMs, since } = {}) =>
      ask(
        'counters',
        { ...(timeoutMs && { timeout: timeoutMs }), ...(since !== undefined && { since }) },
        parseCounters,
      ),
    openTerminal: ({ cols, rows }) => ask('term-open', { cols, rows }, (reply) => pairs(reply)('term')),
    closeTerminal: (term) => ask('term-close', { term }, nothing),
    resizeTerminal: (term, { cols, rows }) => ask('term-resize', { term, cols, rows }, nothing),
    foreground: (term) => ask('term-foreground', { term }, parseForeground),
    echoTimes: (term) => ask('echo-times', { term }, parseTimes),
    subscribe: (options) => subscribe(exchange, options),
    memoSet: (name, text) => ask('memo-set', { name }, nothing, text),
    memoGet: (name) => ask('memo-get', { name }, String).catch(nullIfNoMemo),
    pause: () => ask('vm', { op: 'stop' }, nothing),
    resume: () => ask('vm', { op: 'cont' }, nothing),
    save: (path) => ask('vm-save', { path }, nothing),
    saveMoment: (label, { start = false } = {}) =>
      ask('moment-save', { start: start ? 1 : 0 }, savedMoment, label),
    backTo: (moment) => ask('moment-back', { moment }, nothing),
    dropMoment: (moment) => ask('moment-drop', { moment }, nothing),
    moments: () => ask('moments', {}, parseMoments),
    poweroff: () => ask('poweroff', {}, nothing),
    onEvent(listener) {
      exchange.events.add(listener)
      return () => void exchange.events.delete(listener)
    },
    onDead(listener) {
      const { dead } = exchange
      if (dead !== null) queueMicrotask(() => listener(dead))
      else exchange.deaths.add(listener)
      return () => void exchange.deaths.delete(listener)
    },
    close() {
      exchange.deaths.clear()
      exchange.lose('the connection was closed here')
    },
  }
}

function savedMoment(reply: Buffer): SavedMoment {
  const number = pairs(reply)
  return { id: number('moment'), bytes: number('bytes'), stoodMs: number('stood_us') / 1000 }
}

async function subscribe(exchange: Exchange, options: SubscribeOptions): Promise<Subscription> {
  const { terminal, client = '', from, windowBytes, typedWindowBytes, setsPace = true } = options
  const channel = exchange.watch(terminal, options)
  const pace = setsPace ? 1 : 0
  const values = { term: terminal, channel, client, from, pace, ...(windowBytes && { window: windowBytes }) }
  try {
    await exchange.ask('subscribe', values, '', (reply) => {
      const number = pairs(reply)
      const typed = number('typed')
      exchange.typesFrom(channel, typed, typedWindowBytes)
      options.onStart?.({ start: number('start'), end: number('end'), typed, epoch: number('epoch') })
    })
  } catch (error) {
    exchange.forget(channel)
    throw error
  }
  return {
    ack: (offset) => exchange.send({ kind: 'ack', channel, offset }),
    type: (offset, bytes) => exchange.type(channel, offset, bytes),
    leave() {
      if (!exchange.unwatch(channel)) return
      // A terminal that was closed took its subscriptions along: then there is nothing left to end.
      const forget = () => exchange.forget(channel)
      exchange.ask('unsubscribe', { channel }, '', nothing).then(forget, forget)
    },
  }
}

const target = ({ dst, port }: LoadPlan<Planned>): Values => ({ dst, port })
const pairs = (reply: Buffer) => numbers(parsePairs(reply.toString()))
const nothing = (): void => {}

function parseForeground(reply: Buffer): Foreground {
  const { busy, program = '' } = parsePairs(reply.toString())
  return { busy: busy === '1', program: program.slice(0, 15) }
}

const parseTimes = (reply: Buffer): number[] => reply.toString().split('\n').filter(Boolean).map(Number)

function nullIfNoMemo(error: LinkError): null {
  if (error.message === 'memo-get: no memo') return null
  throw error
}
