#!/bin/bash
# fails: closing
# why: who may not wait does not keep a port: connections end at once, and with them what protects the next one from their late segments.
set -eu
printf 'net.ipv4.tcp_max_tw_buckets = 4\n' >/etc/sysctl.d/99-buckets.conf
sysctl -qp /etc/sysctl.d/99-buckets.conf
