#!/bin/bash
# A right fix that needs no report: the server sends nothing longer than the narrowest way to its customers lets through.
set -eu
printf '    up ip route replace default via 198.18.0.1 dev eth0 mtu %s\n' "$LAB_MTU" >/tmp/line
sed -i '/^ *gateway 198/r /tmp/line' /etc/network/interfaces
ip route replace default via 198.18.0.1 dev eth0 mtu "$LAB_MTU"
