#!/bin/bash
# fails: spread
# why: the best-known knobs of the network let one processor work longer at a stretch or keep more waiting; they give nothing to the other one.
set -eu
printf 'net.core.netdev_budget = 3000\nnet.core.netdev_budget_usecs = 20000\nnet.core.netdev_max_backlog = 30000\nnet.core.somaxconn = 8192\n' >/etc/sysctl.d/90-network.conf
sysctl -qp /etc/sysctl.d/90-network.conf
