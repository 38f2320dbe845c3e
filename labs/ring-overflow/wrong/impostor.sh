#!/bin/bash
# fails: collector
# why: the ring is mended, but another program took the collector's place on the way, though the collector was never at fault.
set -eu
rm -f /etc/network/if-up.d/zz-latency /etc/systemd/system/networking.service.d/60-memory.conf
sed -i 's/^\( *post-up ethtool -G eth0 rx\) .*/\1 4096/' /etc/network/interfaces
ethtool -G eth0 rx 4096
cp /usr/local/sbin/telemetryd /usr/local/sbin/collector
mkdir -p /etc/systemd/system/telemetry.service.d
printf '[Service]\nExecStart=\nExecStart=/usr/local/sbin/collector\n' >/etc/systemd/system/telemetry.service.d/own.conf
systemctl daemon-reload
systemctl restart telemetry
