#!/bin/bash
# fails: clients
# why: fewer clients, no overflow: the waves are cut off before they reach the socket.
set -eu
nft 'add table inet calm; add chain inet calm in { type filter hook input priority 0; };
  add rule inet calm in tcp dport 80 ct state new limit rate over 20/second burst 5 packets drop'
