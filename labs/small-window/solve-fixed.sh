#!/bin/bash
# A right fix without autotuning: each connection begins with all that it may ever have, which is enough for the way to these clients.
set -eu
rm -f "/etc/sysctl.d/$LAB_TRACE.conf"
sed -i '/up sysctl -qw/d' /etc/network/interfaces
sed -i '/RCVBUF/d' /etc/puma/puma.rb
printf 'net.ipv4.tcp_rmem = 4096 524288 524288\n' >/etc/sysctl.d/99-receive.conf
sysctl -qp /etc/sysctl.d/99-receive.conf
systemctl restart puma
