#!/bin/bash
# Takes back what break.sh did, for the playground: the table, the element or the route, and what the next boot would read. Root, in the guest.
set -eu
rm -f "/etc/nftables.d/$LAB_TRACE.nft"
case $LAB_CAUSE in
  table) nft destroy table ip "$LAB_TRACE" ;;
  element) nft "destroy element inet filter blocked { $LAB_RANGE }" ;;
  route)
    ip route delete "$LAB_RANGE" dev office0
    sed -i "/^ *# the new branch is behind/d; \\|up ip route add $LAB_RANGE |d" /etc/network/interfaces
    ;;
esac
