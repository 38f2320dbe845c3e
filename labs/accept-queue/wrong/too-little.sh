#!/bin/bash
# fails: served
# why: the right place and the right moment, but doubling the limit is not enough for the waves that really come.
set -eu
sysctl -qw net.core.somaxconn=24
sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80?backlog=24'#" /etc/puma/puma.rb
systemctl restart puma
