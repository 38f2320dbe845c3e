#!/bin/bash
# fails: served
# why: longer queues and more threads for the Puma that has always answered, and a restart of it; the others never come to that queue.
set -eu
sysctl -qw net.core.somaxconn=8192
sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80?backlog=8192'#" /etc/puma/puma.rb
sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=24/' /etc/default/puma
systemctl restart puma
