#!/bin/bash
# fails: delivered
# why: the right place, but doubling a queue of a few packets is not enough for bursts of hundreds.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf
sed -i '/netdev_max_backlog/d' /etc/network/if-up.d/zz-steering
echo "net.core.netdev_max_backlog = $((2 * LAB_BACKLOG))" >/etc/sysctl.d/99-backlog.conf
sysctl -qp /etc/sysctl.d/99-backlog.conf
