#!/bin/bash
# A right fix without cookies: all three numbers are larger than what comes in a minute, and Puma has called listen() since.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf
sed -i '/up sysctl -qw/d' /etc/network/interfaces
printf 'net.ipv4.tcp_syncookies = 0\nnet.ipv4.tcp_max_syn_backlog = 32768\nnet.core.somaxconn = 32768\n' >/etc/sysctl.d/99-syn.conf
sysctl -qp /etc/sysctl.d/99-syn.conf
sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80?backlog=32768'#" /etc/puma/puma.rb
systemctl restart puma
