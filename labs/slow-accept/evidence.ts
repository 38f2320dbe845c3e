/**
 * What this lab collects beyond the shop's own evidence: Puma's threads, what the next boot would make of them, samples of the busy server
 * under the load, and what the price service saw of it, which is the world's word. Knows nothing of points.
 */
import type { WorldStats } from '../../grader/guest.ts'
import { countersOf } from '../reading/netstat.ts'
import { sectionsOf } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'
import { bootFilesPart } from '../shop/boot.ts'
import { clientsOf } from '../shop/clients.ts'
import { collectShop, type Evidence } from '../shop/evidence.ts'
import { serverOf } from '../shop/server.ts'
import { checkPlan } from './load.ts'
import { poolAtBoot } from './pool.ts'
import type { Variant } from './variant.ts'

export const upstreamPort = 8080

export async function collect(sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> {
  const before = await sandbox.world.stats()
  const evidence = await collectShop(sandbox, {
    parts,
    plan: (patience) => checkPlan(variant, seed, patience),
    during,
  })
  const after = await sandbox.world.stats()
  // Last, since of two sections with one name the last one counts: the guest cannot speak for the world.
  return { ...evidence, counters: evidence.counters + told(before, after) }
}

const told = ({ upstream: before }: WorldStats, { upstream: after }: WorldStats): string =>
  `@@ world\n${after.requests - before.requests} ${after.mostOpen}\n`

/**
 * Puma's threads have names of Puma's choice; a cluster's workers are in the same control group. One that asks for an address has a second
 * thread of its name for that moment, so names are counted, not threads.
 */
const parts = `
part pool
while read -r pid; do for task in /proc/$pid/task/*; do
  if read -r name 2>/dev/null <"$task/comm"; then case $name in 'puma srv tp '[0-9]*) printf '%s %s\\n' "$pid" "$name" ;; esac; fi
done; done </sys/fs/cgroup/system.slice/puma.service/cgroup.procs
${bootFilesPart}
`

/** Every 0.4 s: connections that wait at port 80 (of a listener, what /proc/net/tcp calls rx_queue), and those to the price service. */
const during = `
exec 9<> <(:)
part samples
for i in {1..9}; do
  read -rt 0.4 -u 9
  waiting=0 upstream=0
  while read -r _ local remote state queues _; do
    case $state in
      0A) case $local in *:0050) waiting=$((waiting + 16#\${queues#*:})) ;; esac ;;
      01) case $remote in *:${upstreamPort.toString(16).toUpperCase().padStart(4, '0')}) upstream=$((upstream + 1)) ;; esac ;;
    esac
  done </proc/net/tcp
  printf '%s %s\\n' "$waiting" "$upstream"
done
`

export interface Pool {
  /** Puma's threads as they are now. */
  running: number
  /** Null: the files cannot be read so. */
  atBoot: number | null
  /** Under the load, the most connections that waited to be accepted. */
  mostWaiting: number
  listenOverflows: number
}

export function poolOf(evidence: Evidence): Pool {
  const { sections } = serverOf(evidence)
  const later = sectionsOf(evidence.counters)
  const waiting = lines(later.samples).map((line) => Number(line.split(' ')[0]) || 0)
  return {
    running: new Set(lines(sections.pool)).size,
    atBoot: poolAtBoot(sections.boot ?? ''),
    mostWaiting: Math.max(0, ...waiting),
    listenOverflows: countersOf(later.netstat ?? '').TcpExtListenOverflows ?? 0,
  }
}

/** What the price service saw: requests during the load, and the most connections at once since the machine began. */
export function pricesOf(evidence: Evidence): { asked: number; mostOpen: number } {
  const [asked = 0, mostOpen = 0] = (sectionsOf(evidence.counters).world ?? '').split(' ').map(Number)
  return { asked, mostOpen }
}

/** Front pages that were answered truly, and items, which need no prices. */
export function answeredOf(evidence: Evidence): { pages: number; items: number; allItems: number } {
  const isItem = evidence.asked.map(({ path }) => path !== '/')
  const only = (items: boolean) =>
    clientsOf({
      ...evidence,
      asked: evidence.asked.filter((_, i) => isItem[i] === items),
      load: { ...evidence.load, results: evidence.load.results.filter((_, i) => isItem[i] === items) },
    })
  const items = only(true)
  return { pages: only(false).served, items: items.served, allItems: items.all }
}

const lines = (text = ''): string[] => text.split('\n').filter((line) => line.trim() !== '')
