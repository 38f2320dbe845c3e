#!/bin/bash
# The reference: the ring holds a whole burst again, now and after the next boot, and nothing is left that would cut it.
set -eu
rm -f /etc/network/if-up.d/zz-latency /etc/systemd/system/networking.service.d/60-memory.conf
sed -i 's/^\( *post-up ethtool -G eth0 rx\) .*/\1 4096/' /etc/network/interfaces
ethtool -G eth0 rx 4096
