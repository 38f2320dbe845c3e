#!/bin/bash
# fails: served
# why: connections wait in the accept queue, so it is made longer; it was not full, and whoever is to empty it still cannot.
set -eu
sysctl -qw net.core.somaxconn=16384
sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80?backlog=16384'#; s/^threads .*/threads 16, 16/" /etc/puma/puma.rb
systemctl restart puma
