#!/bin/bash
# A right fix that leaves the colleague's rules and lets in just the one report that matters, before whatever would drop it.
set -eu
allow='icmp type destination-unreachable icmp code frag-needed accept'
if [ "$LAB_CAUSE" = table ]; then
  sed -i "s/^\(\s*\)icmp type .*drop/\1$allow\n&/" "/etc/nftables.d/$LAB_TRACE.nft"
else
  sed -i "s/^\(\s*\)ct state invalid/\1$allow\n&/" /etc/nftables.conf
fi
systemctl reload nftables
