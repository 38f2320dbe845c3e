#!/bin/bash
# fails: spread
# why: "as many queues as are used" sounds tidy; one queue is one interrupt, and one interrupt is one processor.
set -eu
rm -f /etc/systemd/system/networking.service.d/60-shop.conf /etc/network/if-up.d/zz-shop
sed -i '/# One processor for the network/d; /post-up .*\(smp_affinity\|ethtool -X\)/d' /etc/network/interfaces
ethtool -X eth0 default
ethtool -L eth0 combined 1
