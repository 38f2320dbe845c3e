#!/bin/bash
# fails: delivered
# why: more processors look like more room; but each has a queue of its own, and each is as short as the other.
set -eu
sed -i 's/echo [0-9a-f]* >"$cpus"/echo 3 >"$cpus"/' /etc/network/if-up.d/zz-steering
for cpus in /sys/class/net/eth0/queues/rx-*/rps_cpus; do echo 3 >"$cpus"; done
