#!/bin/bash
# fails: prompt
# why: BBR is said to keep queues short; four packets of each connection are the least that it keeps on its way, and here these are all that it takes.
set -eu
modprobe tcp_bbr
sysctl -qw net.ipv4.tcp_congestion_control=bbr
