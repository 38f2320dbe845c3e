#!/bin/bash
# fails: delivered
# why: fewer datagrams, a ring that is never full: the bursts are cut off above it, which the ring has behind it already.
set -eu
nft 'add table inet calm; add chain inet calm in { type filter hook input priority 0; };
  add rule inet calm in udp dport 8125 limit rate over 500/second burst 50 packets drop'
