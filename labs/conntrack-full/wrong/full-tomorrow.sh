#!/bin/bash
# fails: table
# why: enough for the wave that somebody looked at, not for two minutes of what comes all the time: closed connections stay.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf /etc/systemd/system/nftables.service.d/[6-9]0-*.conf
echo 'net.netfilter.nf_conntrack_max = 450' >/etc/sysctl.d/99-conntrack.conf
sysctl -qp /etc/sysctl.d/99-conntrack.conf
