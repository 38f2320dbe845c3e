/**
 * One collection of a lab whose server runs the shop: what the server says of itself, a load of the world, the counters after it. The guest's
 * words stay text, whole, so that a later rubric can ask them something new. Knows no single lab and nothing of points.
 */
import { InfrastructureError, type LoadPlan, type LoadResult, type Planned } from '../../grader/guest.ts'
import { countersOf } from '../reading/netstat.ts'
import { sectionsOf, shellReaders } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'

export interface Evidence {
  /** Output of the state script, before the load, and how long the server took to say it: the canary of a busy host. */
  state: string
  stateMs: number
  /** Of before-figures that had to be measured once more: the state that was told at first, while nothing played yet (grader/findings.ts). */
  earlier?: string
  load: LoadResult
  /** What each request asked, in the order of `load.results`: evidence is judged by what was asked then, not by today's load.ts. */
  asked: Asked[]
  /** What the lab's counters script prints after the load; /proc/net/netstat for most. */
  counters: string
  /** What the world met where the firewall lets nobody in; only of labs with a firewall (firewall.ts). */
  knocks?: Knock[]
}

/** One attempt to connect. `silence`: no answer of any kind. */
export interface Knock {
  src: string
  port: number
  met: 'silence' | 'an answer'
}

/** A request, or so many datagrams, whose path is empty. */
export interface Asked {
  atMs: number
  src: string
  path: string
  datagrams?: number
}

export interface Collection {
  /** Shell that prints this lab's own sections, with `show` and `part`. */
  parts: string
  /** The load; `patience` stretches how long its clients wait, not when they come. */
  plan(patience: number): LoadPlan<Planned>
  /** Waited for when the server has told its state, before the load. */
  ready?(): Promise<void>
  /** Shell that prints the sections of `counters`. */
  counters?: string
  /** Shell that looks at the server while the load plays; what it prints follows `counters`. */
  during?: string
}

export async function collectShop(
  { guest, world, stateTold, earlier }: Sandbox,
  { parts, plan, ready, counters = netstatPart, during }: Collection,
): Promise<Evidence> {
  const state = await guest.run(stateScript(parts), { timeoutMs: stateTimeoutMs })
  if (!state.stdout.includes('\n@@ end'))
    throw new InfrastructureError('The server did not get round to telling its state.')
  await stateTold?.(state.stdout)
  await ready?.()
  const played = plan(patienceOf(state.ms))
  // Without these samples the rest is judged all the same.
  const samples =
    during === undefined
      ? ''
      : guest.run(shellReaders + during, { timeoutMs: duringTimeoutMs }).then(
          ({ stdout }) => stdout,
          () => '',
        )
  const load = await world.load(played)
  if (load.results.length !== played.requests.length) {
    throw new InfrastructureError('The world did not report on every client.')
  }
  const after = await guest.run(shellReaders + counters, { timeoutMs: stateTimeoutMs })
  return {
    state: state.stdout,
    stateMs: state.ms,
    ...(earlier !== undefined && { earlier }),
    load,
    asked: asked(played),
    counters: after.stdout + (await samples),
  }
}

/** The counters' values before the load and after it. */
export const countersBeforeLoad = ({ state }: Evidence): Record<string, number> => countersIn(state)
export const countersAfterLoad = ({ counters }: Evidence): Record<string, number> => countersIn(counters)

function countersIn(text: string): Record<string, number> {
  const { netstat = '', snmp = '' } = sectionsOf(text)
  return { ...countersOf(snmp), ...countersOf(netstat) }
}

/** It takes 0.3 s, and ten times that on a busy host. Nobody is judged by it: beyond this it is an outage. */
const stateTimeoutMs = 20_000

/** What looks on while a load plays ends with it; on a busy host its programs start seconds later than they should. */
const duringTimeoutMs = 15_000

/** A server that has time describes itself within half a second; the slower it was, the longer its clients wait, up to twice as long. */
const patienceOf = (stateMs: number): number => Math.round(Math.min(2, Math.max(1, stateMs / 1000)) * 4) / 4

const asked = ({ requests }: LoadPlan<Planned>): Asked[] =>
  requests.map((one) => {
    const { atMs, src } = one
    return one.kind === 'datagrams'
      ? { atMs, src, path: '', datagrams: one.count }
      : { atMs, src, path: one.path }
  })

const netstatPart = 'show netstat /proc/net/netstat\n'

/** Two processes, ss and nft, side by side: under emulation each costs 30 to 60 ms, on a busy host ten times that. */
export const stateScript = (parts: string): string => `${shellReaders}
exec 3< <(nft list ruleset 2>&1)
listeners=$(/usr/bin/ss -Hlntp 'sport = :80')
show netstat /proc/net/netstat
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
${parts.trim()}
shopt -s globstar nullglob
part files
for file in /srv/shop/**; do
  if [ -f "$file" ]; then printf '%s:\\n' "$file"; IFS= read -rd '' -n 20000 text <"$file"; printf '%s\\n' "$text"; fi
done
show nft /dev/fd/3
part end
`

/**
 * Shell for a lab's parts: the lines of sysctl files that set a name or a pattern, each with its file. A file hides those of its name in later
 * folders, whatever is in it; /run is empty after a boot. The order, and that no boot reads the last of them, is `sysctlFiles`' business.
 */
export const durablePart = (name: string): string => `
part durable
declare -A hidden=()
for file in /etc/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /usr/lib/sysctl.d/*.conf /etc/sysctl.conf; do
  if [ -n "\${hidden[\${file##*/}]}" ]; then continue; fi
  hidden[\${file##*/}]=yes
  if [ -f "$file" ] && [ -r "$file" ]; then while IFS= read -r line || [ -n "$line" ]; do
    case $line in [\\#\\;]*) ;; *${name}*|*[*?]*=*) printf '%s: %s\\n' "$file" "$line" ;; esac
  done <"$file"; fi
done
`

/** Shell for a lab's parts: the lines that name one of these words (a pattern of `case`) in what else a boot reads: units, firewall, interfaces. */
export const bootPart = (words: string): string => `
part boot
shopt -s nullglob
for file in /etc/rc.local /etc/systemd/system/*.service /etc/systemd/system/*.d/*.conf /etc/nftables.conf /etc/nftables.d/* /etc/network/interfaces /etc/network/interfaces.d/*; do
  if [ -f "$file" ]; then while read -r line || [ -n "$line" ]; do
    case $line in [\\#\\;]*) ;; ${words}) printf '%s: %s\\n' "$file" "$line" ;; esac
  done <"$file"; fi
done
`
