#!/bin/bash
# A right fix at the root: the shop keeps its connections, so that a call needs no new port. The last minute's calls still hold all of them: they
# are ended by hand, this once, so that nobody has to wait for them.
set -eu
sed -i 's/^SHOP_UPSTREAM_KEEPALIVE=.*/SHOP_UPSTREAM_KEEPALIVE=yes/' /etc/default/shop
systemctl restart puma
ss -K state time-wait dst 198.18.0.1 >/dev/null
