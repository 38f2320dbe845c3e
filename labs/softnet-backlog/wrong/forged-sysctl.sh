#!/bin/bash
# fails: delivered
# why: a file laid over the kernel's own says whatever it is told to say; what arrives is counted outside.
set -eu
echo 4000 >/run/backlog
mount --bind /run/backlog /proc/sys/net/core/netdev_max_backlog
rm -f /etc/network/if-up.d/zz-steering /etc/sysctl.d/[6-9]0-*.conf
