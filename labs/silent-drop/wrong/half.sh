#!/bin/bash
# fails: served
# why: mended for the customer who called; the other half of the range is still lost.
set -eu
IFS=./ read -r a b c d length <<<"$LAB_RANGE"
half=$a.$b.$((c + (1 << (23 - length)))).$d/$((length + 1))
case $LAB_CAUSE in
  table) nft -f - <<<"flush chain ip $LAB_TRACE early
add rule ip $LAB_TRACE early ip saddr $half counter drop" ;;
  element) nft -f - <<<"delete element inet filter blocked { $LAB_RANGE }
add element inet filter blocked { $half }" ;;
  route) ip route replace "$half" dev office0 && ip route del "$LAB_RANGE" dev office0 ;;
esac
