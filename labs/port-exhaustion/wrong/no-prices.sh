#!/bin/bash
# fails: app
# why: without calls no port is missing; the shop shows other prices, too.
set -eu
sed -i 's/^SHOP_UPSTREAM=.*/SHOP_UPSTREAM=/' /etc/default/shop
systemctl restart puma
