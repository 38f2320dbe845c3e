#!/bin/bash
# A right fix that does not follow habit: a limit that is just large enough, written in both places.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf
echo 'net.core.somaxconn=128' >/etc/sysctl.d/puma.conf
sysctl -qp /etc/sysctl.d/puma.conf
sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80?backlog=128'#" /etc/puma/puma.rb
systemctl stop puma
systemctl start puma
