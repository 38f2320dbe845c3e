/**
 * What this lab collects beyond the shop's own evidence: the figures that the questions are about. Knows nothing of points.
 */
import { countersOf } from '../reading/netstat.ts'
import { numberIn, type Sections, sectionsOf } from '../reading/sections.ts'
import type { Sandbox } from '../schema.ts'
import { collectShop, type Evidence } from '../shop/evidence.ts'
import { serverOf } from '../shop/server.ts'
import { checkPlan } from './load.ts'
import type { QuestionId } from './questions.ts'

const flow = `
show softnet /proc/net/softnet_stat
show snmp /proc/net/snmp
`
/** `pid` is what the shop's state script has left: the process behind port 80. */
const parts = `
part ring; /usr/sbin/ethtool -g eth0
show backlog /proc/sys/net/core/netdev_max_backlog
show connections /proc/sys/net/netfilter/nf_conntrack_max
show half-open /proc/sys/net/ipv4/tcp_max_syn_backlog
show somaxconn /proc/sys/net/core/somaxconn
show receive-buffer /proc/sys/net/ipv4/tcp_rmem
show descriptors "/proc/\${pid:-none}/limits"
part threads
for task in "/proc/\${pid:-none}"/task/*/comm; do
  if [ -r "$task" ]; then printf '%s\\n' "$(<"$task")"; fi
done
${flow}`

export const collect = (sandbox: Sandbox, _variant: unknown, seed: number): Promise<Evidence> =>
  collectShop(sandbox, {
    parts,
    plan: (patience) => checkPlan(seed, patience),
    counters: `show netstat /proc/net/netstat\n${flow}`,
  })

/** Null: the server did not say. The two that count grow; all others stay. */
export type Figures = Record<QuestionId, number | null>

/** As they were when the collection began. */
export function figuresOf(evidence: Evidence): Figures {
  const { sections, listeners } = serverOf(evidence)
  const sendQ = listeners.map(({ sendQ }) => sendQ)
  return {
    ring: found(sections.ring?.split('Current hardware settings:')[1], /^RX:\s+(\d+)$/m),
    backlog: numberIn(sections, 'backlog'),
    connections: numberIn(sections, 'connections'),
    'half-open': numberIn(sections, 'half-open'),
    accept: sendQ.length > 0 ? Math.min(...sendQ) : null,
    'receive-buffer': found(sections['receive-buffer'], /^\d+\s+(\d+)\s+\d+$/),
    descriptors: found(sections.descriptors, /^Max open files\s+(\d+)/m),
    threads: lines(sections.threads).filter((name) => /^puma srv tp \d+$/.test(name)).length || null,
    ...countsOf(sections),
  }
}

/** What has counted further when it ended. */
export const countsAfter = ({ counters }: Evidence): Pick<Figures, 'processed' | 'opened'> =>
  countsOf(sectionsOf(counters))

/** net.core.somaxconn: shown beside the queue's own limit, which is older. */
export const somaxconnOf = (evidence: Evidence): number | null =>
  numberIn(serverOf(evidence).sections, 'somaxconn')

function countsOf({ softnet, snmp }: Sections): Pick<Figures, 'processed' | 'opened'> {
  const perCpu = lines(softnet).map((line) => Number.parseInt(line.split(/\s+/)[0] ?? '', 16))
  return {
    processed:
      perCpu.length > 0 && perCpu.every(Number.isFinite) ? perCpu.reduce((sum, one) => sum + one, 0) : null,
    opened: countersOf(snmp ?? '').TcpPassiveOpens ?? null,
  }
}

const lines = (text = ''): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

function found(text: string | undefined, pattern: RegExp): number | null {
  const number = pattern.exec(text ?? '')?.[1]
  return number === undefined ? null : Number(number)
}
