#!/bin/bash
# fails: served
# why: the kernel's numbers where Puma has asked for its own, or Puma's wish where it may not be heard: the one of the two that is not in force.
set -eu
if [ "$LAB_CAUSE" = socket ]; then
  sysctl -qw net.ipv4.tcp_rmem='4096 4194304 16777216' net.core.rmem_max=16777216
else
  sysctl -qw net.ipv4.tcp_wmem='4096 4194304 16777216' net.core.wmem_max=16777216 net.ipv4.tcp_mem='65536 98304 131072'
fi
systemctl restart puma
