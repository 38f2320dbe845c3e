#!/bin/bash
# Takes back what break.sh did, for the playground: the kernel's own numbers, Puma without a wish of its own, and a new listening socket. Root, in the guest.
set -eu
rm -f "/etc/sysctl.d/$LAB_TRACE.conf"
sed -i '/memory that nobody counts/d; /up sysctl -qw net\.ipv4\.tcp_\(rmem\|moderate_rcvbuf\)=/d' /etc/network/interfaces
sed -i '/memory that nobody counts/d; /RCVBUF/d' /etc/puma/puma.rb
echo 4096 131072 1617504 >/proc/sys/net/ipv4/tcp_rmem
echo 1 >/proc/sys/net/ipv4/tcp_moderate_rcvbuf
systemctl restart puma
