#!/bin/bash
# fails: durable
# why: the busy processor hands packets to both and no ring is too short for a burst, until the next boot.
set -eu
for cpus in /sys/class/net/eth0/queues/rx-*/rps_cpus; do echo 3 >"$cpus"; done
ethtool -G eth0 rx 2048
