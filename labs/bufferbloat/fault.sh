#!/bin/bash
# What this lab's template does, for a machine that has not got it: what shapes is loaded, and Puma has threads enough for all downloads. Root, in the guest.
set -eu
modprobe -a sch_tbf sch_htb
mkdir -p /etc/systemd/system/networking.service.d
sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=40/' /etc/default/puma
systemctl restart puma
