#!/bin/bash
# What this lab's template does, for a machine that has not got it: the shop asks the price service, on a new connection each time. Root, in the guest.
set -eu
sed -i 's/^SHOP_UPSTREAM=.*/SHOP_UPSTREAM=198.18.0.1:8080/' /etc/default/shop
systemctl restart puma
