#!/bin/bash
# A right fix that leaves it to the kernel: the limit that it has when nobody says anything, which is longer than any burst here.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf
sed -i 's/^echo .*netdev_max_backlog$/echo 1000 >\/proc\/sys\/net\/core\/netdev_max_backlog/' /etc/network/if-up.d/zz-steering
sysctl -qw net.core.netdev_max_backlog=1000
