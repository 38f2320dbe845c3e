#!/bin/bash
# fails: prompt
# why: a queue of six packets cannot be long; it throws away the answers to small visits as it does the downloads', and these wait a second to ask again.
set -eu
case $LAB_CAUSE in htb*) parent=1:10 ;; *) parent=1:1 ;; esac
tc qdisc replace dev eth0 parent $parent handle 20: pfifo limit 6
