#!/bin/bash
# Loses the clients of one range, as somebody left it one night: by a table of his own before all others, by an element too wide in the standing
# list, or by a route that leads the answers to another interface, so that the check of senders drops what comes. One program at most, since
# each costs 0.1 s and more in a machine that has just been restored. Root, in the guest; idempotent.
set -eu
file=/etc/nftables.d/$LAB_TRACE.nft
remark='# Abuse report of Friday: somebody behind these lines tried passwords all night. Until the provider answers.'

case $LAB_CAUSE in
  table)
    printf '%s\ntable ip %s {\n\tchain early {\n\t\ttype filter hook prerouting priority raw; policy accept;\n\t\tip saddr %s counter drop\n\t}\n}\n' \
      "$remark" "$LAB_TRACE" "$LAB_RANGE" >"$file"
    nft -f - <<<"destroy table ip $LAB_TRACE
include \"$file\""
    ;;
  element)
    printf '%s\nadd element inet filter blocked { %s }\n' "$remark" "$LAB_RANGE" >"$file"
    nft -f "$file"
    ;;
  route)
    if [[ $(</etc/network/interfaces) != *"$LAB_RANGE"* ]]; then
      printf '    # the new branch is behind the private line (%s)\n    up ip route add %s dev office0\n' "$LAB_TRACE" "$LAB_RANGE" >>/etc/network/interfaces
    fi
    ip route replace "$LAB_RANGE" dev office0
    ;;
esac
