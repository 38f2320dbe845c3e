#!/bin/bash
# The reference: neither of the two numbers is small any more, and Puma has called listen() since. Lasts over a reboot.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf
echo 'net.core.somaxconn = 4096' >/etc/sysctl.d/99-listen.conf
sysctl -qp /etc/sysctl.d/99-listen.conf
sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80'#" /etc/puma/puma.rb
systemctl restart puma
