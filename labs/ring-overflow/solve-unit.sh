#!/bin/bash
# A right fix that leaves what it found and comes after it: a service of its own, at every boot the last to speak.
set -eu
printf '[Unit]\nDescription=Receive ring for bursts of telemetry\nAfter=networking.service\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/sbin/ethtool -G eth0 rx 4096\n[Install]\nWantedBy=multi-user.target\n' \
  >/etc/systemd/system/receive-ring.service
systemctl daemon-reload
systemctl enable --now receive-ring
