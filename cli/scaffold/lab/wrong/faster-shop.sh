#!/bin/bash
# fails: app
# why: TODO why people try it: the shop that waits for nothing needs no room.
set -eu
sed -i 's/^SHOP_STORAGE_MS=.*/SHOP_STORAGE_MS=0/' /etc/default/shop
systemctl restart puma
