#!/bin/bash
# fails: firewall
# why: whoever throws out all rules has thrown out the wrong one, too, and let in everybody everywhere.
set -eu
nft flush ruleset
printf '#!/usr/sbin/nft -f\nflush ruleset\n' >/etc/nftables.conf
if [ "$LAB_CAUSE" = route ]; then ip route del "$LAB_RANGE" dev office0; fi
sed -i '/ip route add 198\.19\./d' /etc/network/interfaces
