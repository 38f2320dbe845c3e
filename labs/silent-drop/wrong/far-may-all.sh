#!/bin/bash
# fails: firewall
# why: lets the far clients in, and at every port: a rule before all others that asks for no port.
set -eu
rm -f /etc/nftables.d/*.nft
sed -i '/ip route add 198\.19\./d' /etc/network/interfaces
systemctl reload nftables
if [ "$LAB_CAUSE" = route ]; then ip route del "$LAB_RANGE" dev office0; fi
nft insert rule inet filter input ip saddr 198.19.0.0/16 accept
