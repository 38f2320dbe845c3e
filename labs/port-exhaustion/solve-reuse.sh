#!/bin/bash
# A right fix for calls like these: with timestamps a port may be used again for the same service when its last segment is a second old.
set -eu
printf 'net.ipv4.tcp_tw_reuse = 1\n' >/etc/sysctl.d/99-reuse.conf
sysctl -qp /etc/sysctl.d/99-reuse.conf
