#!/bin/bash
# fails: buffer
# why: the kernel would allow more, and every connection still begins with what the old listening socket hands on; some grow from there, some never do.
set -eu
rm -f "/etc/sysctl.d/$LAB_TRACE.conf"
sed -i '/up sysctl -qw/d' /etc/network/interfaces
sed -i '/RCVBUF/d' /etc/puma/puma.rb
printf 'net.ipv4.tcp_rmem = 4096 131072 6291456\nnet.ipv4.tcp_moderate_rcvbuf = 1\n' >/etc/sysctl.d/99-receive.conf
sysctl -qp /etc/sysctl.d/99-receive.conf
