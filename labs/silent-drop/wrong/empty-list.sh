#!/bin/bash
# fails: firewall
# why: the list is emptied as a whole; those who stood on it for good reason are back.
set -eu
rm -f /etc/nftables.d/*.nft
sed -i '/elements =/d' /etc/nftables.conf
sed -i '/ip route add 198\.19\./d' /etc/network/interfaces
systemctl reload nftables
if [ "$LAB_CAUSE" = route ]; then ip route del "$LAB_RANGE" dev office0; fi
