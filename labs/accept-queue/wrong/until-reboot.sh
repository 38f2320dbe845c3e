#!/bin/bash
# fails: durable
# why: the running server is mended in every way, and whatever made it so is still written for the next boot.
set -eu
sysctl -qw net.core.somaxconn=4096
mkdir -p /run/systemd/system/puma.service.d
sed "s#^bind .*#bind 'tcp://0.0.0.0:80?backlog=2048'#" /etc/puma/puma.rb >/run/puma.rb
printf '[Service]\nExecStart=\nExecStart=/srv/shop/bin/puma -C /run/puma.rb\n' >/run/systemd/system/puma.service.d/tonight.conf
systemctl daemon-reload
systemctl restart puma
