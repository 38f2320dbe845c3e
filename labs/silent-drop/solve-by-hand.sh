#!/bin/bash
# A right fix with the smallest possible cut: one element, one table or one route, and the line in the file becomes a remark.
set -eu
case $LAB_CAUSE in
  table) nft delete table ip "$LAB_TRACE" && mv "/etc/nftables.d/$LAB_TRACE.nft" "/etc/nftables.d/$LAB_TRACE.off" ;;
  element)
    nft delete element inet filter blocked "{ $LAB_RANGE }"
    sed -i 's/^add element/# &/' "/etc/nftables.d/$LAB_TRACE.nft"
    ;;
  route)
    ip route replace "$LAB_RANGE" via 198.18.0.1 dev eth0
    sed -i 's/^ *up ip route add 198\.19\./# &/' /etc/network/interfaces
    ;;
esac
