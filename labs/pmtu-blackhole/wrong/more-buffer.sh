#!/bin/bash
# fails: served
# why: what hangs looks like a full buffer or too few attempts; the same packet is too long each time.
set -eu
sysctl -qw net.core.wmem_max=4194304 net.ipv4.tcp_wmem='4096 131072 4194304' net.ipv4.tcp_retries2=30 net.ipv4.tcp_slow_start_after_idle=0
systemctl restart puma
