#!/bin/bash
# fails: served
# why: 1492 is what everybody knows of narrow ways; this one is narrower.
set -eu
sed -i '/^ *gateway 198/a\    mtu 1492' /etc/network/interfaces
ip link set eth0 mtu 1492
