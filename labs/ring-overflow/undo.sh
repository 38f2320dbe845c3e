#!/bin/bash
# Takes back what break.sh did, for the playground: a ring as long as this card can, now and at the next boot. Root, in the guest.
set -eu
rm -f /etc/systemd/system/networking.service.d/60-memory.conf /etc/network/if-up.d/zz-latency
sed -i 's/^ *post-up ethtool -G .*/    post-up ethtool -G eth0 rx 4096/
  s/^ *# Short rings, short waits (.*/    # Telemetry comes in bursts: the receive ring must hold a whole one./' /etc/network/interfaces
ethtool -G eth0 rx 4096 || [ $? -eq 80 ]
