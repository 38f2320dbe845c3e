#!/bin/bash
# fails: spread
# why: the work is moved to the processor that was idle, and now the other one is.
set -eu
rm -f /etc/systemd/system/networking.service.d/60-shop.conf /etc/network/if-up.d/zz-shop
sed -i '/# One processor for the network/d; /post-up .*\(smp_affinity\|ethtool -X\)/d' /etc/network/interfaces
if [ "$LAB_CAUSE" = table ]; then
  ethtool -X eth0 weight $((LAB_ONLY)) $((1 - LAB_ONLY))
else
  for file in /proc/irq/*/eth0*/../smp_affinity; do echo $((3 - LAB_MASK)) >"$file"; done
fi
