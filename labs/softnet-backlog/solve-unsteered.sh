#!/bin/bash
# A right fix from the other end: no packet is handed over any more, so none waits in that queue. Its limit stays, and harms nobody.
set -eu
for cpus in /sys/class/net/eth0/queues/rx-*/rps_cpus; do echo 0 >"$cpus"; done
rm /etc/network/if-up.d/zz-steering
