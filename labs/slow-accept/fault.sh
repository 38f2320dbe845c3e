#!/bin/bash
# What this lab's template does, for a machine that has not got it: Puma with few threads, asking the price service. Root, in the guest.
set -eu
mkdir -p /etc/systemd/system/puma.service.d
printf '# What differs on this host.\n[Service]\nEnvironmentFile=-/etc/default/puma-local\n' >/etc/systemd/system/puma.service.d/local.conf
sed -i 's/^SHOP_UPSTREAM=.*/SHOP_UPSTREAM=198.18.0.1:8080/' /etc/default/shop
sed -i "s/^PUMA_THREADS=.*/PUMA_THREADS=$LAB_THREADS/" /etc/default/puma
systemctl daemon-reload
systemctl restart puma
