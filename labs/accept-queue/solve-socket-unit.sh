#!/bin/bash
# A right fix with another owner of the socket: systemd listens, with a backlog of its own, and hands the socket to Puma.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf
echo 1024 >/proc/sys/net/core/somaxconn
sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80'#" /etc/puma/puma.rb
printf '[Socket]\nListenStream=0.0.0.0:80\nBacklog=1024\nNoDelay=true\n[Install]\nWantedBy=sockets.target\n' >/etc/systemd/system/puma.socket
systemctl daemon-reload
systemctl stop puma
systemctl start puma.socket
systemctl start puma
