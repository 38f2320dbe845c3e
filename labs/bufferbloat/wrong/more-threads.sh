#!/bin/bash
# fails: prompt
# why: Puma answers at once; its answers wait on their way out. Threads and buffers only bring more of them there.
set -eu
sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=64/' /etc/default/puma
sysctl -qw net.core.wmem_max=8388608 net.ipv4.tcp_wmem='4096 262144 8388608'
systemctl restart puma
