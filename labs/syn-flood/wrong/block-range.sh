#!/bin/bash
# fails: clients
# why: the senders look like one range today, so the range is shut out. They are forged; tomorrow they come from where the customers live.
set -eu
nft 'add table ip shield; add chain ip shield early { type filter hook prerouting priority raw; };
  add rule ip shield early ip saddr 198.19.128.0/17 counter drop'
# Those who were let in before are forgotten with the old socket.
systemctl restart puma
