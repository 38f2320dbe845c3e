#!/bin/bash
# fails: durable
# why: the kernel's rules are right again, and the files are not.
set -eu
if [ "$LAB_CAUSE" = related ]; then
  nft insert rule inet filter input ct state related accept
else
  nft delete table ip "$LAB_TRACE"
fi
