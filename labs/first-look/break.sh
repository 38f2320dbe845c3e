#!/bin/bash
# Breaks nothing: gives this server limits of its own, all of them sound. The listener gets its queue before somaxconn is raised, as on a
# server that nobody has restarted since. One program at most. Root, in the guest; idempotent.
set -eu
set_to() { echo "$2" >"$1"; read -r now <"$1"; [ "$now" = "$2" ]; }
net=/proc/sys/net
set_to $net/core/somaxconn 4096
relisten 80 "$LAB_ACCEPT" "$LAB_ACCEPT"
set_to $net/core/netdev_max_backlog "$LAB_BACKLOG"
set_to $net/netfilter/nf_conntrack_max "$LAB_CONNECTIONS"
set_to $net/ipv4/tcp_max_syn_backlog "$LAB_HALF_OPEN"
echo "4096 $LAB_RECEIVE_BUFFER 6291456" >$net/ipv4/tcp_rmem
set_to $net/core/somaxconn "$LAB_SOMAXCONN"
read -r pid </sys/fs/cgroup/system.slice/puma.service/cgroup.procs
prlimit --pid "$pid" --nofile="$LAB_DESCRIPTORS:524288"
printf '%s\n' '# What this server is allowed, by the review of January.' \
  "net.core.netdev_max_backlog = $LAB_BACKLOG" \
  "net.netfilter.nf_conntrack_max = $LAB_CONNECTIONS" \
  "net.ipv4.tcp_max_syn_backlog = $LAB_HALF_OPEN" \
  "net.ipv4.tcp_rmem = 4096 $LAB_RECEIVE_BUFFER 6291456" \
  "net.core.somaxconn = $LAB_SOMAXCONN" >/etc/sysctl.d/60-limits.conf
