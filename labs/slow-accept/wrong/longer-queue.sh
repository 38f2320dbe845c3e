#!/bin/bash
# fails: served
# why: connections wait in the accept queue, so it is made longer; but it was never full, and a longer one only lets more people wait.
set -eu
sysctl -qw net.core.somaxconn=4096 net.ipv4.tcp_max_syn_backlog=4096
sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80?backlog=4096'#" /etc/puma/puma.rb
systemctl restart puma
