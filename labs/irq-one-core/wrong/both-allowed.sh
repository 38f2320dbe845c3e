#!/bin/bash
# fails: spread
# why: a mask that allows both processors moves nothing: an interrupt stays where it is as long as it may. And a table asks no interrupt.
set -eu
rm -f /etc/systemd/system/networking.service.d/60-shop.conf /etc/network/if-up.d/zz-shop
sed -i '/# One processor for the network/d; /post-up .*\(smp_affinity\|ethtool -X\)/d' /etc/network/interfaces
for file in /proc/irq/*/eth0*/../smp_affinity; do echo 3 >"$file"; done
echo 3 >/proc/irq/default_smp_affinity
