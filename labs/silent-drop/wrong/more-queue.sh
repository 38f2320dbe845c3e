#!/bin/bash
# fails: served
# why: time-outs look like full queues, and these packets never come as far as a queue.
set -eu
sysctl -qw net.core.somaxconn=65535 net.ipv4.tcp_max_syn_backlog=65535
systemctl restart puma
