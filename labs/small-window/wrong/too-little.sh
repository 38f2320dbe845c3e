#!/bin/bash
# fails: buffer
# why: the right numbers, doubled: five segments a round trip instead of two.
set -eu
sed -i "s/\b$((LAB_BYTES / 2))\b/$LAB_BYTES/" /etc/puma/puma.rb
if [ "$LAB_CAUSE" != socket ]; then
  rm -f "/etc/sysctl.d/$LAB_TRACE.conf"
  sed -i '/up sysctl -qw/d' /etc/network/interfaces
  printf 'net.ipv4.tcp_rmem = 4096 %s %s\n' $((2 * LAB_BYTES)) $((2 * LAB_BYTES)) >/etc/sysctl.d/99-receive.conf
  sysctl -qp /etc/sysctl.d/99-receive.conf
fi
systemctl restart puma
