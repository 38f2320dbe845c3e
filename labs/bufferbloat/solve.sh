#!/bin/bash
# The reference: the shaper stays, at its rate, and fq_codel takes the place of whatever waited in one line. In the running kernel and in the files.
set -eu
parent=1:1
case $LAB_CAUSE in htb*) parent=1:10 ;; esac
tc qdisc replace dev eth0 parent $parent fq_codel

for file in /etc/network/interfaces /usr/local/sbin/"$LAB_TRACE"; do
  if [ -f "$file" ] && grep -q 'tc qdisc' "$file"; then
    sed -i '/fifo limit/d; /txqueuelen/d' "$file"
    last=$(grep -n 'tc \(qdisc\|class\)' "$file" | tail -1)
    words=${last#*:}
    sed -i "${last%%:*}a\\${words%%tc *}tc qdisc replace dev eth0 parent $parent fq_codel" "$file"
  fi
done
