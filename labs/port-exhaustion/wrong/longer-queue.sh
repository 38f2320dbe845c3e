#!/bin/bash
# fails: served
# why: more of everything that customers come in by; but it is on the way out that something is short.
set -eu
sysctl -qw net.core.somaxconn=16384 net.ipv4.tcp_max_syn_backlog=16384
sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=24/' /etc/default/puma
systemctl restart puma
