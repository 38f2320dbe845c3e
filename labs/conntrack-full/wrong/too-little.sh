#!/bin/bash
# fails: served
# why: the right number, raised by half; the clients of two minutes do not fit in.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf /etc/systemd/system/nftables.service.d/[6-9]0-*.conf
echo "net.netfilter.nf_conntrack_max = $((LAB_LIMIT * 3 / 2))" >/etc/sysctl.d/99-conntrack.conf
sysctl -qp /etc/sysctl.d/99-conntrack.conf
