#!/bin/bash
# Keeps the reports of routers out, as somebody left it who meant well: in a table of his own that drops them, by a word that is missing in the standing
# firewall, or by no longer tracking the connections that they belong to. One program, `nft`, since each costs 0.1 s and more in a machine that
# has just been restored. Root, in the guest; idempotent.
set -eu
file=/etc/nftables.d/$LAB_TRACE.nft main=/etc/nftables.conf

case $LAB_CAUSE in
  table)
    printf '# Nobody needs to know that we are here; ping is enough.\ntable ip %s {\n\tchain early {\n\t\ttype filter hook prerouting priority raw; policy accept;\n\t\t%s\n\t}\n}\n' \
      "$LAB_TRACE" "$LAB_RULE" >"$file"
    nft -f - <<<"destroy table ip $LAB_TRACE
include \"$file\""
    ;;
  related)
    mapfile -t lines <"$main"
    for i in "${!lines[@]}"; do
      case ${lines[i]} in *'ct state established,related accept'*) lines[i]=$'\t\t'"ct state established accept # $LAB_TRACE: only what is ours" ;; esac
    done
    printf '%s\n' "${lines[@]}" >"$main"
    nft -f "$main"
    ;;
  untracked)
    printf '# Pages need no state: spares the table of connections.\ntable ip %s {\n\tchain arriving { type filter hook prerouting priority raw; tcp dport 80 notrack; }\n\tchain leaving { type filter hook output priority raw; tcp sport 80 notrack; }\n}\n' \
      "$LAB_TRACE" >"$file"
    nft -f - <<<"destroy table ip $LAB_TRACE
include \"$file\""
    ;;
esac
