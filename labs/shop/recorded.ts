/**
 * Reads and writes the recordings of real machines that the judge is tested on: evidence as text that a person can read and compare.
 * For tests only.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome, RequestResult } from '../../grader/guest.ts'
import type { Evidence } from './evidence.ts'

/** The recordings of one lab, by names such as `0-broken`: the seed, then what had been done to the machine. */
export function recordingsOf(labFolder: string) {
  const folder = join(labFolder, 'recorded')
  return {
    names: readdirSync(folder)
      .filter((name) => name.endsWith('.txt'))
      .map((name) => name.slice(0, -'.txt'.length)),
    recorded: (name: string): Evidence => parse(readFileSync(join(folder, `${name}.txt`), 'utf8')),
  }
}

const bar = (title: string) => `==== ${title}\n`
/** At the end, of requests: segments sent again, where the world told it; of datagrams: how many were asked for, sent, delivered. */
type Line = [
  ...[number, string, string, Outcome, number, number, number, number, number, string],
  ...([] | [number] | [number, number, number]),
]

export function format({ state, stateMs, load, asked, counters, knocks }: Evidence): string {
  const lines = load.results.map((result, i): Line => {
    const { outcome, status, connectUs, firstByteUs, totalUs, bytes, head } = result
    const { atMs = 0, src = '', path = '', datagrams } = asked[i] ?? {}
    const tail = datagrams === undefined ? ofRequest(result) : ofDatagrams(result, datagrams)
    return [atMs, src, path, outcome, status, connectUs, firstByteUs, totalUs, bytes, head, ...tail]
  })
  const { netstat, ms, host } = load
  return [
    bar('world') + JSON.stringify({ stateMs, ms, netstat, host, knocks }),
    bar('clients: at src path outcome status connect first total bytes head retransmits') +
      lines.map((line) => JSON.stringify(line)).join('\n'),
    bar('counters') + counters,
    bar('state') + state,
  ].join('\n')
}

export function parse(text: string): Evidence {
  const [world = '', clients = '', counters = '', state = ''] = text
    .split(/^==== .*\n/m)
    .slice(1)
    .map((part, i) => (i < 3 ? part.slice(0, -1) : part))
  const { stateMs, ms, netstat, host, knocks } = JSON.parse(world)
  const lines = clients.split('\n').map((line) => JSON.parse(line) as Line)
  return {
    state,
    stateMs,
    counters,
    asked: lines.map(askedOf),
    load: { ms, netstat, results: lines.map(resultOf), ...(host && { host }) },
    ...(knocks && { knocks }),
  }
}

const ofRequest = ({ retransmits }: RequestResult): [] | [number] =>
  retransmits === undefined ? [] : [retransmits]
const ofDatagrams = (
  { sent = 0, delivered = -1 }: RequestResult,
  asked: number,
): [number, number, number] => [asked, sent, delivered]

/** Three at the end: a line of datagrams. */
function askedOf([atMs, src, path, , , , , , , , first, sent]: Line): Evidence['asked'][number] {
  return first === undefined || sent === undefined
    ? { atMs, src, path }
    : { atMs, src, path, datagrams: first }
}

function resultOf(line: Line): RequestResult {
  const [, , , outcome, status, connectUs, firstByteUs, totalUs, bytes, head, first, sent, delivered] = line
  const result = { outcome, status, connectUs, firstByteUs, totalUs, bytes, head }
  if (sent !== undefined && delivered !== undefined) return { ...result, sent, delivered }
  return first === undefined ? result : { ...result, retransmits: first }
}
