#!/bin/bash
# Takes back what break.sh did, for the playground: the files, and the kernel's own numbers for a machine of this size. Root, in the guest.
set -eu
rm -f "/etc/sysctl.d/$LAB_TRACE.conf" "/etc/systemd/system/nftables.service.d/$LAB_TRACE.conf"
echo 2048 >/proc/sys/net/netfilter/nf_conntrack_max
echo 120 >/proc/sys/net/netfilter/nf_conntrack_tcp_timeout_time_wait
