#!/bin/bash
# fails: served
# why: one of the numbers is raised and Puma restarted; the queue is bounded by the smallest of three.
set -eu
if [ "$LAB_BOUND" = syn-backlog ]; then
  sysctl -qw net.core.somaxconn=65535
  sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80?backlog=65535'#" /etc/puma/puma.rb
else
  sysctl -qw net.ipv4.tcp_max_syn_backlog=65535
fi
systemctl restart puma
