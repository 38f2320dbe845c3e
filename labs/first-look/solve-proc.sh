#!/bin/bash
# The same without a tool, for a server where none is installed: /proc has all but the ring and the length of one listener's queue.
set -eu
cd /proc/sys/net
for name in core/netdev_max_backlog netfilter/nf_conntrack_max ipv4/tcp_max_syn_backlog ipv4/tcp_rmem core/somaxconn; do
  printf '%s: %s\n' "$name" "$(<"$name")"
done
printf 'softnet:\n%s\n' "$(</proc/net/softnet_stat)"
while read -r group _ _ _ _ opens passive _; do
  case $group$opens in Tcp:[0-9]*) printf 'opened by clients: %s\n' "$passive" ;; esac
done </proc/net/snmp
# Of the service's processes Puma is the one with such threads. A task that has ended since it was listed is none of them.
threads=0
while read -r process; do
  for task in "/proc/$process"/task/*/comm; do
    read -r name 2>/dev/null <"$task" || continue
    case $name in 'puma srv tp'*) threads=$((threads + 1)) pid=$process ;; esac
  done
done </sys/fs/cgroup/system.slice/puma.service/cgroup.procs
printf 'threads: %s\n' "$threads"
[ "$threads" -gt 0 ]
while IFS= read -r line; do case $line in 'Max open files'*) printf '%s\n' "$line" ;; esac; done <"/proc/$pid/limits"
