#!/bin/bash
# fails: clients
# why: whoever is turned away at once tries again at once; half of the customers are now refused instead of left waiting.
set -eu
nft 'add table inet calm; add chain inet calm in { type filter hook input priority 0; };
  add rule inet calm in tcp dport 80 ct state new numgen random mod 2 0 reject with tcp reset'
