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
read -r pid </sys/fs/cgroup/system.slice/puma.service/cgroup.procs
while IFS= read -r line; do case $line in 'Max open files'*) printf '%s\n' "$line" ;; esac; done <"/proc/$pid/limits"
threads=0
for task in "/proc/$pid"/task/*/comm; do
  read -r name <"$task"
  case $name in 'puma srv tp'*) threads=$((threads + 1)) ;; esac
done
printf 'threads: %s\n' "$threads"
[ "$threads" -gt 0 ]
