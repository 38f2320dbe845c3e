#!/bin/bash
# fails: prompt
# why: CoDel drops what has waited too long, but all wait in one line still, and so many connections do not shrink it below two packets each.
set -eu
case $LAB_CAUSE in htb*) parent=1:10 ;; *) parent=1:1 ;; esac
tc qdisc replace dev eth0 parent $parent codel
