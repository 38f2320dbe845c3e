/**
 * What this lab collects beyond the shop's own evidence: the buffer that the listener hands on, what bounds its growth, what a boot would make of
 * both, and how the connections stood during the load. Knows nothing of points.
 */
import { bootLinesOf, bootPart } from '../reading/boot.ts'
import { numberIn, sectionsOf } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'
import { percentile, trueHead } from '../shop/clients.ts'
import { collectShop, durablePart, type Evidence } from '../shop/evidence.ts'
import { outsideOf, withOutside } from '../shop/outside.ts'
import { serverOf } from '../shop/server.ts'
import { type Buffers, buffersAtBoot, buffersOf, memoryOf } from './buffers.ts'
import { bytesIn, checkPlan, type Group, groupOf } from './load.ts'
import type { Variant } from './variant.ts'

const ipv4 = '/proc/sys/net/ipv4/tcp'
const parts = `
show memory ${ipv4}_rmem
show tuned ${ipv4}_moderate_rcvbuf
part listener; /usr/bin/ss -Hlntm 'sport = :80'
${durablePart('net')}
${bootPart('*tcp_rmem*|*tcp_moderate_rcvbuf*|*rmem_max*')}
`

/** Of each connection at this moment: its client, the size of its receive buffer, and the window that it offers. */
const during = `
exec 9<> <(:)
part connections
for i in {1..5}; do
  read -rt 0.6 -u 9
  while read -r line; do
    case $line in
      *skmem:*)
        if [[ $line =~ ,rb([0-9]+), ]]; then
          buffer=\${BASH_REMATCH[1]} window=-
          if [[ $line =~ rcv_wnd:([0-9]+) ]]; then window=\${BASH_REMATCH[1]}; fi
          printf '%s %s %s\\n' "$client" "$buffer" "$window"
        fi
        ;;
      *) read -r _ _ _ client _ <<<"$line"; client=\${client%:*} ;;
    esac
  done < <(/usr/bin/ss -tinmH state established 'sport = :80')
done
`

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  withOutside(sandbox.world, () =>
    collectShop(sandbox, { parts, during, plan: (patience) => checkPlan(variant, seed, patience) }),
  )

/** What bounds new connections, as the server tells it before the load. */
export function buffersNow(evidence: Evidence): Buffers {
  const { sections } = serverOf(evidence)
  const listener = [...(sections.listener ?? '').matchAll(/\brb(\d{1,10})\b/g)].map(([, rb]) => Number(rb))
  const tuned = numberIn(sections, 'tuned')
  return buffersOf(
    listener.length > 0 ? Math.min(...listener) : null,
    memoryOf(sections.memory ?? ''),
    tuned === null ? null : tuned !== 0,
  )
}

export function buffersThen(evidence: Evidence): Buffers {
  const { sections, durable, pumaConfig } = serverOf(evidence)
  return buffersAtBoot(durable, bootLinesOf(sections), pumaConfig)
}

/** What was seen of the far clients' connections: buffers and windows, at their largest; null where none was met. */
export function seenOf({ counters }: Evidence): { buffer: number | null; window: number | null } {
  const far = (sectionsOf(counters).connections ?? '').split('\n').flatMap((line) => {
    const [, buffer, window] = /^198\.19\.\S+ (\d+) (\d+|-)$/.exec(line.trim()) ?? []
    return buffer === undefined ? [] : [{ buffer: Number(buffer), window: Number(window) || 0 }]
  })
  const largest = (of: (one: (typeof far)[number]) => number) =>
    far.length === 0 ? null : Math.max(...far.map(of))
  return { buffer: largest(({ buffer }) => buffer), window: largest(({ window }) => window) }
}

/** An upload was taken when the shop says how long it was: who answers before it has read all does not know. */
export function withWholeUploads(evidence: Evidence): Evidence {
  const results = evidence.load.results.map((result, i) => {
    const bytes = bytesIn(evidence.asked[i]?.path ?? '')
    if (bytes === null || result.outcome !== 'ok') return result
    const isWhole = result.head === `${trueHead(upload)}${bytes} bytes\n`
    return { ...result, head: isWhole ? trueHead(evidence.asked[i]?.path ?? '') : '' }
  })
  return { ...evidence, load: { ...evidence.load, results } }
}
const upload = '/upload'

export interface Answered {
  /** In ms. */
  times: number[]
  all: number
}

/** Those of a group who were answered truly; evidence with whole uploads. */
export function answered(evidence: Evidence, group: Group): Answered {
  const mine = resultsOf(evidence, group)
  const ok = mine.filter(({ outcome, head }) => outcome === 'ok' && head !== '')
  return { times: ok.map(({ totalUs }) => totalUs / 1000), all: mine.length }
}

/**
 * How many bytes a far client got rid of in one round trip: by the median of those whose upload was taken, in round trips of the fastest of
 * them to connect. Null where none was taken.
 */
export function bytesInRound(evidence: Evidence): number | null {
  const sent = evidence.load.results.flatMap((result, i) => {
    const asked = evidence.asked[i]
    const bytes = asked && groupOf(asked) === 'far upload' ? bytesIn(asked.path) : null
    return bytes === null ? [] : [{ ...result, sending: bytes }]
  })
  const connects = sent.flatMap(({ connectUs }) => (connectUs > 0 ? [connectUs] : []))
  const round = Math.min(...connects)
  const rates = sent
    .filter(({ outcome }) => outcome === 'ok')
    .map(({ sending, totalUs, connectUs }) => (sending * round) / Math.max(round, totalUs - connectUs))
  return percentile(rates, 0.5)
}

/** What far clients needed to connect, the median, in ms: a round trip and whatever the host takes for it. */
export const connectMs = (evidence: Evidence): number | null =>
  percentile(
    evidence.load.results.flatMap(({ connectUs }, i) =>
      connectUs > 0 && evidence.asked[i]?.src.startsWith('198.19.') ? [connectUs / 1000] : [],
    ),
    0.5,
  )

/** Packets that the world itself lost on the way: no fault of the server's. */
export const lostOutside = (evidence: Evidence): number => outsideOf(evidence).dropped

function resultsOf(evidence: Evidence, group: Group) {
  return evidence.load.results.filter((_, i) => {
    const asked = evidence.asked[i]
    return asked !== undefined && groupOf(asked) === group
  })
}
