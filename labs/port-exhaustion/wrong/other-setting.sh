#!/bin/bash
# fails: served
# why: of two settings that decide which ports there are, the one that takes none away.
set -eu
if [ "$LAB_CAUSE" = range ]; then
  printf 'net.ipv4.ip_local_reserved_ports =\n' >/etc/sysctl.d/99-ports.conf
else
  printf 'net.ipv4.ip_local_port_range = %s\n' "$LAB_RANGE" >/etc/sysctl.d/99-ports.conf
fi
sysctl -qp /etc/sysctl.d/99-ports.conf
