#!/bin/bash
# A right fix that leaves it to driver and kernel: the queues are taken away and given back, and with them table and interrupts are made anew.
set -eu
rm -f /etc/systemd/system/networking.service.d/60-shop.conf /etc/network/if-up.d/zz-shop
sed -i '/# One processor for the network/d; /post-up .*\(smp_affinity\|ethtool -X\)/d' /etc/network/interfaces
ethtool -X eth0 default
ethtool -L eth0 combined 1
ethtool -L eth0 combined 2
