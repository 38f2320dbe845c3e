#!/bin/bash
# fails: queue
# why: longer queues outlast the look that somebody takes at them, and are full before the minute is over.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf
sed -i '/up sysctl -qw/d' /etc/network/interfaces
printf 'net.ipv4.tcp_syncookies = 0\nnet.ipv4.tcp_max_syn_backlog = 4096\n' >/etc/sysctl.d/99-syn.conf
sysctl -qp /etc/sysctl.d/99-syn.conf
sysctl -qw net.core.somaxconn=2048
sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80?backlog=2048'#" /etc/puma/puma.rb
systemctl restart puma
