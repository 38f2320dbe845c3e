#!/bin/bash
# fails: app
# why: without the slow service the shop is quick; it shows other prices, too.
set -eu
sed -i 's/^SHOP_UPSTREAM=.*/SHOP_UPSTREAM=/' /etc/default/shop
systemctl restart puma
