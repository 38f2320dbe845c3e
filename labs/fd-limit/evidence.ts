/**
 * What this lab collects beyond the shop's own evidence: Puma's descriptors and their limit, and samples of both under the load. Knows nothing
 * of points.
 */
import { sectionsOf } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'
import { bootFilesPart } from '../shop/boot.ts'
import { type Clients, clientsOf } from '../shop/clients.ts'
import { collectShop, type Evidence } from '../shop/evidence.ts'
import { serverOf } from '../shop/server.ts'
import { limitAtBoot } from './boot.ts'
import { checkPlan, isIdle } from './load.ts'
import type { Variant } from './variant.ts'

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  collectShop(sandbox, { parts, plan: (patience) => checkPlan(variant, seed, patience), during })

/** Of every process of Puma's service: the limit, soft and hard, and what is open. */
const parts = `
part limits
while read -r pid; do
  while read -r max open files soft hard _; do
    case "$max $open $files" in 'Max open files') limit="$soft $hard" ;; esac
  done <"/proc/$pid/limits"
  open=(/proc/"$pid"/fd/*)
  printf '%s %s\\n' "$limit" "\${#open[@]}"
done </sys/fs/cgroup/system.slice/puma.service/cgroup.procs
show uptime /proc/uptime
${bootFilesPart}
`

/** Every 0.4 s: descriptors of the process behind port 80, and connections that wait there (of a listener, what /proc/net/tcp calls rx_queue). */
const during = `
exec 9<> <(:)
part samples
read -r pid </sys/fs/cgroup/system.slice/puma.service/cgroup.procs
for i in {1..8}; do
  open=(/proc/"$pid"/fd/*) waiting=0
  while read -r _ local _ state queues _; do
    case $state$local in 0A*:0050) waiting=$((waiting + 16#\${queues#*:})) ;; esac
  done </proc/net/tcp
  printf '%s %s\\n' "\${#open[@]}" "$waiting"
  read -rt 0.4 -u 9
done
`

export interface Descriptors {
  /** The smallest soft limit of Puma's processes; null when none was found. */
  limit: number | null
  /** Null: the files cannot be read so. */
  limitAtBoot: number | null
  /** The fewest and the most that were seen open. */
  fewest: number
  most: number
  mostWaiting: number
}

export function descriptorsOf(evidence: Evidence): Descriptors {
  const { sections } = serverOf(evidence)
  const processes = rows(sections.limits)
  const samples = rows(sectionsOf(evidence.counters).samples)
  const open = [...processes.map(([, , count]) => count), ...samples.map(([count]) => count)].filter(
    (count) => count !== undefined && count > 0,
  ) as number[]
  const limits = processes.map(([soft]) => soft ?? 0)
  return {
    limit: limits.length > 0 ? Math.min(...limits) : null,
    limitAtBoot: limitAtBoot(sections.boot ?? ''),
    fewest: Math.min(...open, 1_000_000),
    most: Math.max(...open, 0),
    mostWaiting: Math.max(...samples.map(([, waiting]) => waiting ?? 0), 0),
  }
}

/** Seconds since the machine began; an hour where it did not say, as in evidence that was taken before it was asked. */
export function uptimeS({ state }: Evidence): number {
  const uptime = Number.parseFloat(sectionsOf(state).uptime ?? '')
  return Number.isFinite(uptime) ? uptime : 3_600
}

/** The clients that asked at once, and those that held their connection silent first. */
export function crowdsOf(evidence: Evidence): { askers: Clients; idle: Clients } {
  const only = (idle: boolean) => {
    const chosen = evidence.asked.map(({ path }) => isIdle(path) === idle)
    return clientsOf({
      ...evidence,
      asked: evidence.asked.filter((_, i) => chosen[i]),
      load: { ...evidence.load, results: evidence.load.results.filter((_, i) => chosen[i]) },
    })
  }
  return { askers: only(false), idle: only(true) }
}

const rows = (text = ''): number[][] =>
  text
    .split('\n')
    .filter((line) => /^\d+ \d+/.test(line))
    .map((line) => line.split(' ').map((word) => Number(word) || 0))
