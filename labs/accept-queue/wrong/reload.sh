#!/bin/bash
# fails: served
# why: everything is configured rightly, but Puma's hot restart inherits the listening socket and does not call listen() again.
set -eu
sysctl -qw net.core.somaxconn=4096
sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80'#" /etc/puma/puma.rb
systemctl reload puma
# The old Puma stops answering, the new one finds this request waiting in the queue: then it is at work.
sleep 1
curl -s -o /dev/null --max-time 20 http://127.0.0.1/health
