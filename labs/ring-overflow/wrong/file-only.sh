#!/bin/bash
# fails: delivered
# why: everything is written rightly for the next boot, and nobody has told the card.
set -eu
rm -f /etc/network/if-up.d/zz-latency /etc/systemd/system/networking.service.d/60-memory.conf
sed -i 's/^\( *post-up ethtool -G eth0 rx\) .*/\1 4096/' /etc/network/interfaces
