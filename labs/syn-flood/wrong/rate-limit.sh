#!/bin/bash
# fails: served
# why: so many new connections a second and no more: the forged ones are the most, so they get the most of it.
set -eu
sysctl -qw net.ipv4.tcp_syncookies=1
nft 'add table inet calm; add chain inet calm in { type filter hook input priority 0; };
  add rule inet calm in tcp dport 80 tcp flags & (syn|ack) == syn limit rate over 40/second burst 10 packets drop'
