#!/bin/bash
# fails: delivered
# why: everything is written rightly for the next boot, and nobody has told the kernel.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf
sed -i '/netdev_max_backlog/d' /etc/network/if-up.d/zz-steering
echo 'net.core.netdev_max_backlog = 4000' >/etc/sysctl.d/99-backlog.conf
