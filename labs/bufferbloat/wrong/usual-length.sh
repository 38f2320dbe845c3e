#!/bin/bash
# fails: prompt
# why: a thousand packets is what every interface has by default. It is still more than ever waits here.
set -eu
case $LAB_CAUSE in htb*) parent=1:10 ;; *) parent=1:1 ;; esac
echo 1000 >/sys/class/net/eth0/tx_queue_len
tc qdisc replace dev eth0 parent $parent handle 20: pfifo limit 1000
