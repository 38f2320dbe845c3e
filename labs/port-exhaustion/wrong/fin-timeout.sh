#!/bin/bash
# fails: served
# why: the best-known advice; this time-out is FIN_WAIT2's, and the minute of TIME_WAIT is a constant of the kernel.
set -eu
printf 'net.ipv4.tcp_fin_timeout = 5\n' >/etc/sysctl.d/99-fin.conf
sysctl -qp /etc/sysctl.d/99-fin.conf
