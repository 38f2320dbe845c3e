#!/bin/bash
# fails: prompt
# why: a loop throws the whole queue away twice a second, so that nothing waits for long: small answers are thrown away with it.
set -eu
setsid bash -c '
  exec 9<> <(:)
  case $LAB_CAUSE in htb*) parent=1:10 ;; *) parent=1:1 ;; esac
  while :; do
    for handle in 20 21; do
      echo "qdisc replace dev eth0 parent $parent handle $handle: pfifo limit 5000"
      read -rt 0.5 -u 9
    done
  done | tc -batch -' </dev/null >/dev/null 2>&1 &
