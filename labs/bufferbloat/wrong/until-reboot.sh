#!/bin/bash
# fails: durable
# why: the running kernel sorts what waits, and the files put the long queue back at the next boot.
set -eu
case $LAB_CAUSE in htb*) parent=1:10 ;; *) parent=1:1 ;; esac
tc qdisc replace dev eth0 parent $parent fq_codel
