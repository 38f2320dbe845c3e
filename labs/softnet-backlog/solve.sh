#!/bin/bash
# The reference: the queue has room for a whole burst again, now and after the next boot; packets still go to both processors.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf
sed -i '/netdev_max_backlog/d' /etc/network/if-up.d/zz-steering
echo 'net.core.netdev_max_backlog = 4000' >/etc/sysctl.d/99-backlog.conf
sysctl -qp /etc/sysctl.d/99-backlog.conf
