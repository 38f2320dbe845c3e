#!/bin/bash
# fails: delivered
# why: the right place, but doubling a ring is not enough for bursts that are twenty times as long.
set -eu
rm -f /etc/network/if-up.d/zz-latency /etc/systemd/system/networking.service.d/60-memory.conf
sed -i "s/^\( *post-up ethtool -G eth0 rx\) .*/\1 $((2 * LAB_RING))/" /etc/network/interfaces
ethtool -G eth0 rx $((2 * LAB_RING))
