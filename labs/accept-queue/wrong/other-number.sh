#!/bin/bash
# fails: served
# why: the limit is the smaller of two numbers; this raises the one that was not in the way, and restarts Puma.
set -eu
if [ "$LAB_CAUSE" = somaxconn ]; then
  sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80?backlog=4096'#" /etc/puma/puma.rb
else
  sysctl -qw net.core.somaxconn=65535
fi
systemctl restart puma
