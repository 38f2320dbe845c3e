#!/bin/bash
# fails: durable
# why: both processors work, and whatever left everything to one of them is still written for the next boot.
set -eu
ethtool -X eth0 default
cpu=0
for name in /proc/irq/*/eth0-rx-*; do
  echo "$cpu" >"${name%/*}/smp_affinity_list"
  cpu=$((1 - cpu))
done
