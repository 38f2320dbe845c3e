#!/bin/bash
# fails: delivered
# why: one queue and steering let both processors work; but steering begins behind the ring, and one ring does not hold a burst.
set -eu
ethtool -X eth0 weight $LAB_WEIGHTS
for cpus in /sys/class/net/eth0/queues/rx-*/rps_cpus; do echo 3 >"$cpus"; done
