#!/bin/bash
# fails: delivered
# why: a longer turn of the softirq empties the ring sooner; the packets are lost behind it, and the other processor is called even later.
set -eu
printf 'net.core.netdev_budget = 3000\nnet.core.netdev_budget_usecs = 20000\n' >/etc/sysctl.d/99-budget.conf
sysctl -qp /etc/sysctl.d/99-budget.conf
