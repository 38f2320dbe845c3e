import { expect, test } from 'vitest'
import { changesMachine } from './changes.ts'

test.each([
  'sysctl -w net.core.somaxconn=4096',
  'sysctl net.core.somaxconn=4096',
  'echo 4096 > /proc/sys/net/core/somaxconn',
  'echo 4096 >/proc/sys/net/core/somaxconn',
  'echo x >> notes',
  'echo x >notes; ls',
  'echo 4096 > "/proc/sys/net/core/somaxconn"',
  "sudo sh -c 'echo 4096 > /proc/sys/net/core/somaxconn'",
  'ss -lnt &> /root/before',
  'sysctl -w "net.ipv4.tcp_rmem=4096 131072 6291456"',
  'ethtool -G eth0 rx 4096',
  'systemctl restart puma',
  'vi /etc/puma/puma.rb',
  "sed -i 's/8/1024/' /etc/puma/puma.rb",
  'nft delete rule inet filter input handle 7',
  'cat new | tee /etc/sysctl.d/x.conf',
  'ip route del 198.18.20.0/24',
  'ss -lnt; systemctl reload puma',
])('%s changes the machine', (line) => {
  expect(changesMachine(line)).toBe(true)
})

test.each([
  'sysctl net.core.somaxconn',
  'sysctl -a | grep somaxconn',
  'ss -lnt',
  'nstat -az 2>/dev/null | grep -i listen',
  'ethtool -S eth0',
  'ethtool -g eth0',
  'systemctl status puma',
  'sed -n 1,10p /etc/puma/puma.rb',
  'nft list ruleset',
  'ip -s link show eth0',
  'cat /proc/net/softnet_stat 2>&1',
  'grep -c x <notes',
  "awk '$2 > 100' /proc/net/softnet_stat",
  `awk '{ if ($1 > "7f") print }' /proc/net/softnet_stat`,
  "bpftrace -e 'k:tcp_sendmsg /arg2 > 100/ { @ = count(); }'",
  'ss -tn "( dport > :1024 )"',
  'ss -lnt # > /root/before',
  'ss -lnt > "/dev/null"',
  "sysctl -a --pattern='somaxconn|backlog'",
  '',
])('%s only looks', (line) => {
  expect(changesMachine(line)).toBe(false)
})
