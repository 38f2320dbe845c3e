#!/bin/bash
# fails: prompt
# why: who sees packets wait makes room for more of them; nothing was ever dropped here, and what waits only waits longer.
set -eu
case $LAB_CAUSE in htb*) parent=1:10 ;; *) parent=1:1 ;; esac
tc qdisc replace dev eth0 parent $parent handle 20: pfifo limit 50000
