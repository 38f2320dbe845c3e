#!/bin/bash
# The reference: every queue gets packets again, each queue's interrupts go to a processor of their own, and nothing is left that would change that.
set -eu
rm -f /etc/systemd/system/networking.service.d/60-shop.conf /etc/network/if-up.d/zz-shop
sed -i '/# One processor for the network/d; /post-up .*\(smp_affinity\|ethtool -X\)/d' /etc/network/interfaces
ethtool -X eth0 default
cpu=0
for name in /proc/irq/*/eth0-rx-*; do
  echo "$cpu" >"${name%/*}/smp_affinity_list"
  cpu=$((1 - cpu))
done
