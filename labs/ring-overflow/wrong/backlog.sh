#!/bin/bash
# fails: delivered
# why: the best-known knobs against lost packets concern queues above the ring; what found no descriptor never got there.
set -eu
printf 'net.core.netdev_max_backlog = 30000\nnet.core.netdev_budget = 3000\nnet.core.netdev_budget_usecs = 20000\n' >/etc/sysctl.d/90-packets.conf
sysctl -qp /etc/sysctl.d/90-packets.conf
