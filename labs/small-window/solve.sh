#!/bin/bash
# The reference: what the colleague wrote is gone, the kernel has its own numbers again, and Puma a new socket whose connections begin with them.
set -eu
rm -f "/etc/sysctl.d/$LAB_TRACE.conf"
sed -i '/up sysctl -qw/d' /etc/network/interfaces
sed -i '/RCVBUF/d' /etc/puma/puma.rb
printf 'net.ipv4.tcp_rmem = 4096 131072 6291456\nnet.ipv4.tcp_moderate_rcvbuf = 1\n' >/etc/sysctl.d/99-receive.conf
sysctl -qp /etc/sysctl.d/99-receive.conf
systemctl restart puma
