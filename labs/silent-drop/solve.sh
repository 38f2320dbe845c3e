#!/bin/bash
# The reference: what the colleague left is gone from the files, and rules and routes are as the files say.
set -eu
rm -f /etc/nftables.d/*.nft
sed -i '/ip route add 198\.19\./d' /etc/network/interfaces
systemctl reload nftables
if [ "$LAB_CAUSE" = route ]; then ip route del "$LAB_RANGE" dev office0; fi
