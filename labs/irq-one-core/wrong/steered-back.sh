#!/bin/bash
# fails: spread
# why: steering is on, but to the one processor that is not interrupted: now that one carries every packet.
set -eu
for cpus in /sys/class/net/eth0/queues/rx-*/rps_cpus; do echo $((3 - LAB_MASK)) >"$cpus"; done
