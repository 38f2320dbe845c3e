#!/bin/bash
# fails: firewall
# why: everything is mended, and "to be sure" the check of senders is switched off as well.
set -eu
rm -f /etc/nftables.d/*.nft /etc/sysctl.d/50-spoofing.conf
sed -i '/ip route add 198\.19\./d' /etc/network/interfaces
systemctl reload nftables
if [ "$LAB_CAUSE" = route ]; then ip route del "$LAB_RANGE" dev office0; fi
echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter
echo 0 >/proc/sys/net/ipv4/conf/eth0/rp_filter
