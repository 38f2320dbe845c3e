/**
 * What is collected of this lab's machine, and the facts read out of it. The guest's words stay text, whole, so that a later rubric can ask
 * them something new. Knows nothing of points.
 */
import {
  InfrastructureError,
  type LoadPlan,
  type LoadResult,
  type RequestResult,
} from '../../grader/guest.ts'
import { type Listener, listenersOf } from '../reading/listeners.ts'
import { countersOf } from '../reading/netstat.ts'
import { numberIn, type Sections, sectionsOf, shellReaders } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'
import { checkPlan, trueHead } from './load.ts'
import type { Variant } from './variant.ts'

export interface Evidence {
  /** Output of `stateScript`, before the load, and how long the server took to say it: the canary of a busy host. */
  state: string
  stateMs: number
  load: LoadResult
  /** What each request asked, in the order of `load.results`: evidence is judged by what was asked then, not by today's load.ts. */
  asked: { atMs: number; src: string; path: string }[]
  /** /proc/net/netstat after the load. */
  counters: string
}

export async function collect({ guest, world }: Sandbox, variant: Variant, seed: number): Promise<Evidence> {
  const state = await guest.run(stateScript, { timeoutMs: 10_000 })
  if (!state.stdout.includes('\n@@ end'))
    throw new InfrastructureError('The server did not get round to telling its state.')
  const plan = checkPlan(variant, seed, patience(state.ms))
  const load = await world.load(plan)
  if (load.results.length !== plan.requests.length) {
    throw new InfrastructureError('The world did not report on every client.')
  }
  const counters = await guest.run(countersScript, { timeoutMs: 4_000 })
  return { state: state.stdout, stateMs: state.ms, load, asked: asked(plan), counters: counters.stdout }
}

/** A server that has time describes itself within half a second; the slower it was, the longer its clients wait, up to twice as long. */
const patience = (stateMs: number): number => Math.round(Math.min(2, Math.max(1, stateMs / 1000)) * 4) / 4

const asked = (plan: LoadPlan): Evidence['asked'] =>
  plan.requests.map(({ atMs, src, path }) => ({ atMs, src, path }))

const countersScript = `${shellReaders}show netstat /proc/net/netstat\n`

/** Two processes, ss and nft, side by side: under emulation each costs 30 to 60 ms, on a busy host ten times that. */
export const stateScript = `${shellReaders}
exec 3< <(nft list ruleset 2>&1)
listeners=$(/usr/bin/ss -Hlntp 'sport = :80')
show netstat /proc/net/netstat
show somaxconn /proc/sys/net/core/somaxconn
show abort /proc/sys/net/ipv4/tcp_abort_on_overflow
part listeners; printf '%s\\n' "$listeners"
rest=$listeners
while [[ $rest =~ pid=([0-9]+)(.*) ]]; do
  pid=\${BASH_REMATCH[1]} rest=\${BASH_REMATCH[2]}
  show "cgroup $pid" "/proc/$pid/cgroup"
  mapfile -t maps <"/proc/$pid/maps"
  part "exe $pid"; printf '%s\\n' "/\${maps[0]#*/}"
  part "parser $pid"
  for line in "\${maps[@]}"; do case $line in *puma_http11*) printf '%s\\n' "/\${line#*/}"; break ;; esac; done
  part "settings $pid"
  while IFS= read -rd '' line; do case $line in SHOP_*) printf '%s\\n' "$line" ;; esac; done <"/proc/$pid/environ"
done
show puma.rb /etc/puma/puma.rb
part durable
for file in /etc/sysctl.conf /etc/sysctl.d/*.conf; do
  if [ -r "$file" ]; then while IFS= read -r line; do
    case $line in [\\#\\;]*) ;; *somaxconn*) printf '%s: %s\\n' "$file" "$line" ;; esac
  done <"$file"; fi
done
shopt -s globstar nullglob
part files
for file in /srv/shop/**; do
  if [ -f "$file" ]; then printf '%s:\\n' "$file"; IFS= read -rd '' -n 20000 text <"$file"; printf '%s\\n' "$text"; fi
done
show nft /dev/fd/3
part end
`

/** What the guest says of itself. Null: it did not say. */
export interface Server {
  counters: Record<string, number>
  somaxconn: number | null
  abortOnOverflow: number | null
  listeners: Listener[]
  /** The limit of the shortest queue on port 80. */
  limit: number | null
  puma: { unit: string; exe: string; parser: string; settings: string } | null
  pumaConfig: string
  files: string
  durable: string
  /** Firewall rules that drop or reject, one a line. */
  drops: string[]
}

export function serverOf({ state }: Evidence): Server {
  const sections = sectionsOf(state)
  const listeners = listenersOf(sections.listeners ?? '').filter(({ port }) => port === 80)
  return {
    counters: countersOf(sections.netstat ?? ''),
    somaxconn: numberIn(sections, 'somaxconn'),
    abortOnOverflow: numberIn(sections, 'abort'),
    listeners,
    limit: listeners.length > 0 ? Math.min(...listeners.map(({ sendQ }) => sendQ)) : null,
    puma: pumaOf(sections, listeners),
    pumaConfig: sections['puma.rb'] ?? '',
    files: sections.files ?? '',
    durable: sections.durable ?? '',
    drops: (sections.nft ?? '')
      .split('\n')
      .flatMap((line) => (/\b(drop|reject)\b/.test(line) ? [line.trim()] : [])),
  }
}

function pumaOf(sections: Sections, listeners: Listener[]): Server['puma'] {
  const pids = listeners.flatMap(({ processes }) => processes.map(({ pid }) => pid))
  const pid = pids.find((one) => sections[`parser ${one}`])
  if (pid === undefined) return null
  const of = (name: string) => sections[`${name} ${pid}`]?.trim() ?? ''
  return {
    unit: of('cgroup').split('/').pop() ?? '',
    exe: of('exe'),
    parser: of('parser'),
    settings: of('settings'),
  }
}

/** What the world's clients saw: nobody in the guest has a hand in this, except by serving them. */
export interface Clients {
  all: number
  served: number
  /** Answers of the right status whose body the shop would not have given. */
  untrue: number
  turnedAway: number
  silent: number
  retransmitted: number
  p95Ms: number | null
  /** Time to the first byte of the lone first request: a page of the shop waits for its storage. */
  idlePageMs: number | null
  ms: number
}

export function clientsOf({ load, asked }: Evidence): Clients {
  const told = load.results.map((result, i) => ({ ...result, path: asked[i]?.path ?? '' }))
  const complete = told.filter(({ outcome }) => outcome === 'ok')
  const served = complete.filter(({ head, path }) => head.startsWith(trueHead(path)))
  const first = told[0]
  return {
    all: told.length,
    served: served.length,
    untrue: complete.length - served.length,
    turnedAway: told.filter(({ outcome }) => outcome === 'reset' || outcome === 'refused').length,
    silent: told.filter(isSilent).length,
    retransmitted: retransmitted(load),
    p95Ms: percentile(
      served.map(({ totalUs }) => totalUs / 1000),
      0.95,
    ),
    idlePageMs: first?.outcome === 'ok' ? first.firstByteUs / 1000 : null,
    ms: load.ms,
  }
}

/** By connection where the world can tell: the kernel's total also has the last cries of connections given up before this load. */
function retransmitted({ results, netstat }: LoadResult): number {
  const each = results.map(({ retransmits }) => retransmits)
  if (each.includes(undefined)) return netstat.retransSegs
  return each.reduce<number>((sum, one) => sum + (one ?? 0), 0)
}

const isSilent = ({ outcome }: RequestResult): boolean =>
  outcome === 'connect-timeout' || outcome === 'read-timeout'

function percentile(values: number[], share: number): number | null {
  const sorted = values.sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return value === undefined ? null : Math.round(value)
}

/** The counters' values at the start of a collection and at its end. */
export const countersAfterLoad = ({ counters }: Evidence): Record<string, number> =>
  countersOf(sectionsOf(counters).netstat ?? '')
