#!/bin/bash
# fails: served
# why: entries that go sooner make room for a trickle; a wave comes within milliseconds, and the entries that are there keep their old time.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf
cd /proc/sys/net/netfilter
for name in time_wait close_wait fin_wait close; do echo 1 >nf_conntrack_tcp_timeout_$name; done
