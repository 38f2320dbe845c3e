#!/bin/bash
# Takes back what fault.sh and break.sh did, for the playground: as many threads as the image gives, and no price service. Root, in the guest.
set -eu
rm -rf /etc/systemd/system/puma.service.d/local.conf /etc/default/puma-local
sed -i 's/^SHOP_UPSTREAM=.*/SHOP_UPSTREAM=/' /etc/default/shop
sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=8/' /etc/default/puma
sed -i 's/^threads .*/threads count, count/' /etc/puma/puma.rb
systemctl daemon-reload
systemctl restart puma
