#!/bin/bash
# fails: served
# why: a short time-out frees the threads, and each front page becomes an error, since the service needs longer than that on its good days.
set -eu
sed -i 's/^SHOP_UPSTREAM_TIMEOUT=.*/SHOP_UPSTREAM_TIMEOUT=0.2/' /etc/default/shop
systemctl restart puma
