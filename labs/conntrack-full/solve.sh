#!/bin/bash
# The reference: what the colleague left is gone, and the table has room for far more than comes. Lasts over a reboot.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf /etc/systemd/system/nftables.service.d/[6-9]0-*.conf
systemctl daemon-reload
printf 'net.netfilter.nf_conntrack_max = 65536\nnet.netfilter.nf_conntrack_tcp_timeout_time_wait = 120\n' >/etc/sysctl.d/99-conntrack.conf
sysctl -qp /etc/sysctl.d/99-conntrack.conf
