#!/bin/bash
# fails: prompt
# why: CoDel alone leaves all in one line, and loops keep both processors busy meanwhile. A server that is short of time by its own doing is not on a busy host.
set -eu
case $LAB_CAUSE in htb*) parent=1:10 ;; *) parent=1:1 ;; esac
tc qdisc replace dev eth0 parent $parent codel
for _ in 1 2; do
  setsid bash -c 'while :; do :; done' </dev/null >/dev/null 2>&1 &
done
