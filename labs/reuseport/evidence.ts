/**
 * What this lab collects beyond the shop's own evidence: the listening sockets of port 80, what waits in each before and after the load, whether
 * their owners run, and which servers the next boot will start. Knows nothing of points.
 */
import { type Sections, sectionsOf } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'
import { collectShop, type Evidence } from '../shop/evidence.ts'
import { serverOf } from '../shop/server.ts'
import { serversPart } from './boot.ts'
import { checkPlan } from './load.ts'
import type { Variant } from './variant.ts'

export const collect = (sandbox: Sandbox, variant: Variant, seed: number): Promise<Evidence> =>
  collectShop(sandbox, {
    parts,
    plan: (patience) => checkPlan(variant, seed, patience),
    counters: `show netstat /proc/net/netstat\n${queuesPart(6)}`,
  })

/**
 * Of a listener, /proc/net/tcp tells under rx_queue how many connections wait to be accepted. It is read again where somebody waits: a Puma that
 * has just been busy takes them in a moment.
 */
const queuesPart = (times: number) => `
part queues
exec 9<> <(:)
for ((look = 1; look <= ${times}; look++)); do
  queues='' waiting=0
  for table in /proc/net/tcp /proc/net/tcp6; do
    if [ -r "$table" ]; then while read -r _ local _ state queue _ _ _ _ inode _; do
      case $state:$local in
        0A:*:0050) queues+="$inode $((16#\${queue#*:}))"$'\\n' waiting=$((waiting + 16#\${queue#*:})) ;;
      esac
    done <"$table"; fi
  done
  if ((waiting == 0 || look == ${times})); then break; fi
  read -rt 0.15 -u 9
done
printf '%s' "$queues"
`

/** `listeners` is a variable of the shop's own script. */
const parts = `
${queuesPart(1)}
part owners
rest=$listeners
while [[ $rest =~ pid=([0-9]+)(.*) ]]; do
  pid=\${BASH_REMATCH[1]} rest=\${BASH_REMATCH[2]}
  while read -r line; do case $line in State:*) printf '%s %s\\n' "$pid" "$line" ;; esac; done <"/proc/$pid/status"
done
${serversPart}
`

/** A listening socket of port 80. */
export interface Door {
  /** Connections in its queue before the load. */
  waiting: number
  limit: number
  /** Who holds it. */
  owners: string[]
  /** No owner of it runs. */
  suspended: boolean
}

export interface Doors {
  doors: Door[]
  /** By socket, when the load was over: connections that nobody has taken. */
  left: number[]
  /** Of the first sample after the break, or later: the most that waited in one queue. */
  mostWaiting: number
}

export function doorsOf(evidence: Evidence): Doors {
  const { sections, listeners } = serverOf(evidence)
  const states = (sections.owners ?? '').split('\n')
  const isSuspended = (pid: number) => states.some((line) => line.startsWith(`${pid} State:\tT`))
  const doors = listeners.map(({ recvQ, sendQ, processes }) => ({
    waiting: recvQ,
    limit: sendQ,
    owners: processes.map(({ name, pid }) => `${name} (${pid})`),
    suspended: processes.length > 0 && processes.every(({ pid }) => isSuspended(pid)),
  }))
  const left = queuesOf(sectionsOf(evidence.counters))
  return { doors, left, mostWaiting: Math.max(0, ...left, ...queuesOf(sections)) }
}

const queuesOf = ({ queues = '' }: Sections): number[] =>
  queues.split('\n').flatMap((line) => {
    const [, waiting] = /^\d+ (\d{1,9})$/.exec(line.trim()) ?? []
    return waiting === undefined ? [] : [Number(waiting)]
  })
