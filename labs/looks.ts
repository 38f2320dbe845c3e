/**
 * Whether what somebody typed showed them a counter. Goes by how counters.ts says that it is read, and by the other usual ways; a look that it
 * does not know costs nobody anything. What was typed is never run as a pattern. Knows no lab.
 */
import type { Counter } from './counters.ts'
import type { Command, Pipeline } from './shell-line.ts'

interface Look {
  /** How the `read` of its counters begins. */
  read: string
  /** The commands that show them, each a program by its bare name and its words. */
  by: RegExp
  /** They list many counters, one a line, which a filter such as grep may take away. */
  lines?: true
}

const looks: Look[] = [
  { read: 'nstat -az', by: /^nstat\b|\/proc\/net\/(?:netstat|snmp)\b/, lines: true },
  { read: 'ethtool -S', by: /^ethtool .*(?:-S|--statistics)/, lines: true },
  { read: '/proc/interrupts', by: /\/proc\/interrupts/, lines: true },
  { read: '/proc/softirqs', by: /\/proc\/softirqs/, lines: true },
  { read: '/proc/net/softnet_stat', by: /\/proc\/net\/softnet_stat/ },
  { read: 'nft list', by: /^nft .*list / },
  {
    read: 'sysctl net.netfilter.nf_conntrack_count',
    by: /^(?:sysctl .*|.*nf_)conntrack|^conntrack .*(?:-C|--count)/,
  },
  { read: 'conntrack -S', by: /^conntrack .*(?:-S|--stats)|\/proc\/net\/stat\/nf_conntrack/ },
  { read: 'ss -Htn state syn-recv', by: /^ss .*(?:(?<= )-\w*a|--all|syn-recv)/ },
  { read: 'ss -lnt', by: /^ss .*(?:(?<= )-\w*[la]|--listening|--all)/ },
  { read: 'ss -tmi', by: /^ss .*(?:(?<= )-\w*m|--memory)/ },
  { read: 'ss -tn: ', by: /^ss\b(?! .*(?:(?<= )-\w*[lu]|--listening|--udp))/ },
  { read: 'ss -Htn state time-wait', by: /^ss .*(?:(?<= )-\w*[as]|--all|--summary|time-wait)/ },
  { read: 'tc -s qdisc', by: /^tc .*-s.* q/ },
  { read: '/proc/PID/fd', by: /\/proc\/[^/]+\/fd\b|^lsof\b/ },
  { read: 'strace -c', by: /^strace (?!.*-e)|^strace .*-e ?\S*(?:accept|net|desc)/ },
  { read: 'threads of Puma', by: /^(?:top|htop|ps)\b|\/proc\/[^/]+\/task\b/ },
]

/** How commands show this counter; null when nobody has said yet. */
export function lookAt({ id, read }: Counter): ((typed: Pipeline) => boolean) | null {
  const look = looks.find((one) => read.startsWith(one.read))
  if (!look) return null
  const line = read.split(': ')[1] ?? id
  return (typed) => {
    const at = typed.findIndex((command) => look.by.test(command.join(' ')))
    return at >= 0 && (!look.lines || typed.slice(at).every((command) => letsThrough(command, line)))
  }
}

/** Whether this line would be left, as far as letters tell: `nstat -az | grep Retrans` is no look at ListenOverflows. */
function letsThrough([program, ...words]: Command, line: string): boolean {
  const named = words.filter((word) => !word.startsWith('-'))
  if (program === 'nstat') return named.length === 0 || named.some((glob) => globFits(glob, line))
  if (/^[ef]?grep$/.test(program)) {
    const flags = words.filter((word) => /^-\w/.test(word)).join('')
    return flags.includes('v') || fits(named[0] ?? '', line, flags.includes('i'))
  }
  const sought = /^(awk|sed)$/.test(program) ? /\/(.*?)\//.exec(named[0] ?? '')?.[1] : undefined
  return sought === undefined || fits(sought, line, false)
}

/** nstat minds no case, and a name without a wildcard is the whole of it. */
const globFits = (glob: string, line: string): boolean =>
  /[*?[]/.test(glob) ? fits(glob, line, true) : glob.toLowerCase() === line.toLowerCase()

/** The letters of one of its alternatives are all in the line. */
function fits(pattern: string, line: string, anyCase: boolean): boolean {
  const same = (text: string) => (anyCase ? text.toLowerCase() : text)
  const pieces = (alternative: string) => alternative.match(/[a-z_]+/gi) ?? []
  return pattern
    .split(/\\?\|/)
    .some((alternative) => pieces(alternative).every((piece) => same(line).includes(same(piece))))
}
