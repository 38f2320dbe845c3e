#!/bin/bash
# The reference: what the colleague left is gone from the files, and the rules are as the files say.
set -eu
rm -f "/etc/nftables.d/$LAB_TRACE.nft"
sed -i 's/ct state established accept.*/ct state established,related accept/' /etc/nftables.conf
systemctl reload nftables
