#!/bin/bash
# Takes back what break.sh did, for the playground: the table, or the word in the standing firewall, and what the next boot would read. Root, in
# the guest.
set -eu
rm -f "/etc/nftables.d/$LAB_TRACE.nft"
if [ "$LAB_CAUSE" = related ]; then
  sed -i "s/ct state established accept # $LAB_TRACE: .*/ct state established,related accept/" /etc/nftables.conf
  nft -f /etc/nftables.conf
else
  nft destroy table ip "$LAB_TRACE"
fi
