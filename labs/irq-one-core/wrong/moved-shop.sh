#!/bin/bash
# fails: spread
# why: the shop leaves the busy processor to the network; the network's work stays where it was.
set -eu
mkdir -p /etc/systemd/system/puma.service.d
printf '[Service]\nCPUAffinity=%s\n' $((1 - LAB_ONLY)) >/etc/systemd/system/puma.service.d/cpu.conf
systemctl daemon-reload
systemctl restart puma
