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
  /** Output of `stateScript`, before the load. */
  state: string
  load: LoadResult
  /** What each request asked, in the order of `load.results`: evidence is judged by what was asked then, not by today's load.ts. */
  asked: { atMs: number; src: string; path: string }[]
  /** /proc/net/netstat after the load. */
  counters: string
}

export async function collect({ guest, world }: Sandbox, variant: Variant, seed: number): Promise<Evidence> {
  const plan = checkPlan(variant, seed)
  const state = await guest.run(stateScript, { timeoutMs: 4_000 })
  const load = await world.load(plan)
  if (load.results.length !== plan.requests.length) {
    throw new InfrastructureError('The world did not report on every client.')
  }
  const counters = await guest.run(countersScript, { timeoutMs: 2_000 })
  return { state: state.stdout, load, asked: asked(plan), counters: counters.stdout }
}

const asked = (plan: LoadPlan): Evidence['asked'] =>
  plan.requests.map(({ atMs, src, path }) => ({ atMs, src, path }))

const countersScript = `${shellReaders}show netstat /proc/net/netstat\n`

/** Few processes: ss, then readlink, grep and sha256sum for Puma, grep for what is written in files, nft only where there are rules. */
export const stateScript = `${shellReaders}
show netstat /proc/net/netstat
show somaxconn /proc/sys/net/core/somaxconn
show abort /proc/sys/net/ipv4/tcp_abort_on_overflow
listeners=$(/usr/bin/ss -Hlntp 'sport = :80')
part listeners; printf '%s\\n' "$listeners"
rest=$listeners
while [[ $rest =~ pid=([0-9]+)(.*) ]]; do
  pid=\${BASH_REMATCH[1]} rest=\${BASH_REMATCH[2]}
  show "comm $pid" "/proc/$pid/comm"
  show "cgroup $pid" "/proc/$pid/cgroup"
  part "exe $pid"; readlink "/proc/$pid/exe"
  part "parser $pid"; grep -om1 '/[^ ]*puma_http11[^ ]*' "/proc/$pid/maps"
  part "settings $pid"
  while IFS= read -rd '' setting; do case $setting in SHOP_*) printf '%s\\n' "$setting" ;; esac; done <"/proc/$pid/environ"
done
show puma.rb /etc/puma/puma.rb
part files; shopt -s globstar nullglob; sha256sum /srv/shop/** 2>/dev/null
part durable; grep -Hs '^[^#;]*somaxconn' /etc/sysctl.conf /etc/sysctl.d/*.conf
part nft; if [ -d /sys/module/nf_tables ]; then nft list ruleset; fi
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
    retransmitted: load.netstat.retransSegs,
    p95Ms: percentile(
      served.map(({ totalUs }) => totalUs / 1000),
      0.95,
    ),
    idlePageMs: first?.outcome === 'ok' ? first.firstByteUs / 1000 : null,
    ms: load.ms,
  }
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
