#!/bin/bash
# fails: durable
# why: the kernel's rules and routes are right again, and the files are not.
set -eu
case $LAB_CAUSE in
  table) nft delete table ip "$LAB_TRACE" ;;
  element) nft delete element inet filter blocked "{ $LAB_RANGE }" ;;
  route) ip route del "$LAB_RANGE" dev office0 ;;
esac
