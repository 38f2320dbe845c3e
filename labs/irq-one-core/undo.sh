#!/bin/bash
# Takes back what break.sh did: packets and interrupts are spread as the driver does it, now and at the next boot. Root, in the guest.
set -eu
rm -f /etc/systemd/system/networking.service.d/60-shop.conf /etc/network/if-up.d/zz-shop
sed -i '/# One processor for the network/d; /post-up .*\(smp_affinity\|ethtool -X\)/d' /etc/network/interfaces
ethtool -X eth0 default
# Where both are allowed an interrupt stays where it is: each is sent to its own processor first.
cpu=0
for name in /proc/irq/*/eth0*; do
  echo "$cpu" >"${name%/*}/smp_affinity_list"
  cpu=$((1 - cpu))
done
