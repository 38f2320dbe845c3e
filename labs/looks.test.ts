import { describe, expect, test } from 'vitest'
import { counters } from './counters.ts'
import { lookAt } from './looks.ts'
import { pipelines } from './shell-line.ts'

const shown = (line: string): string[] =>
  counters.filter((counter) => pipelines(line).some((one) => lookAt(counter)?.(one))).map(({ id }) => id)

test('of every counter it is known how one looks at it', () => {
  expect(counters.filter((counter) => lookAt(counter) === null).map(({ id }) => id)).toEqual([])
})

test('every counter is seen by the very command that it is said to be read with', () => {
  const asTyped = ({ read }: { read: string }) => (read.split(': ')[0] ?? '').replace(/^\/proc/, 'cat /proc')
  const unseen = counters.filter((one) => !/ of Puma/.test(one.read) && !shown(asTyped(one)).includes(one.id))
  expect(unseen).toEqual([])
})

describe('a look', () => {
  test.each([
    ['nstat -az', 'TcpExtListenOverflows'],
    ['nstat -az | grep -i listen', 'TcpExtListenOverflows'],
    ["nstat -az | grep -E 'Overflows|Drops'", 'TcpExtListenOverflows'],
    ["nstat -az | grep 'Drops\\|Overflows'", 'TcpExtListenOverflows'],
    ["watch -n1 'nstat -az | grep Listen'", 'TcpExtListenOverflows'],
    ['while sleep 1; do nstat TcpExtListenOverflows; done', 'TcpExtListenOverflows'],
    ["nstat -az 'tcpextlisten*'", 'TcpExtListenOverflows'],
    ["nstat -az | awk '/Listen/ {print $2}'", 'TcpExtListenOverflows'],
    ['nstat -az | grep -v " 0 "', 'TcpExtListenOverflows'],
    ['grep TcpExt /proc/net/netstat', 'TcpExtListenOverflows'],
    ['ethtool -S eth0 | grep -i oob', 'RxOutOfBuffer'],
    ['ethtool -S eth0 | grep rx_queue_0_packets', 'RxQueuePackets'],
    ['grep NET_RX /proc/softirqs', 'SoftirqNetRx'],
    ['cat /proc/net/softnet_stat', 'SoftnetDropped'],
    ['sudo conntrack -S', 'ConntrackDrop'],
    ['cat /proc/sys/net/netfilter/nf_conntrack_count', 'ConntrackCount'],
    ["ss -ltnp 'sport = :80'", 'ListenRecvQ'],
    ['ss -ant | grep SYN-RECV', 'SynRecvSockets'],
    ['ss -s', 'TimeWaitSockets'],
    ['tc -s -d qdisc show dev eth0', 'QdiscDropped'],
    ['ls /proc/$(pgrep -o puma)/fd | wc -l', 'OpenDescriptors'],
    ['strace -f -e trace=accept4 -p 730', 'AcceptEmfile'],
    ['nft -a list ruleset', 'NftRulePackets'],
    ['top -H', 'BusyThreads'],
    ['ss -tnp dst 198.18.0.1', 'UpstreamConnections'],
  ])('with %s', (line, counter) => expect(shown(line)).toContain(counter))

  test.each([
    ['nstat -az | grep Retrans', 'TcpExtListenOverflows'],
    ['nstat -az | grep listen', 'TcpExtListenOverflows'],
    ['nstat TcpExtListenDrops', 'TcpExtListenOverflows'],
    ['nstat TcpExtListen', 'TcpExtListenOverflows'],
    ["nstat -az | awk '/Retrans/'", 'TcpExtListenOverflows'],
    ['man nstat', 'TcpExtListenOverflows'],
    ['echo nstat -az', 'TcpExtListenOverflows'],
    ['# nstat -az', 'TcpExtListenOverflows'],
    ['ethtool -g eth0', 'RxOutOfBuffer'],
    ['ethtool -S eth0 | grep -i drop', 'RxOutOfBuffer'],
    ['ss -tn', 'ListenRecvQ'],
    ['ss -tn state time-wait', 'ListenRecvQ'],
    ['ss -lnt', 'UpstreamConnections'],
    ['echo 8 > /proc/net/softnet_stat', 'SoftnetDropped'],
    ['strace -e openat -p 730', 'AcceptEmfile'],
    ['tc qdisc', 'QdiscDropped'],
  ])('is none with %s', (line, counter) => expect(shown(line)).not.toContain(counter))
})
