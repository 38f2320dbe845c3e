#!/bin/bash
# fails: durable
# why: the running server is mended in every way, and what made it slow is still written for the next boot.
set -eu
sysctl -qw net.ipv4.tcp_rmem='4096 131072 6291456' net.ipv4.tcp_moderate_rcvbuf=1
cp /etc/puma/puma.rb /run/puma.rb
sed -i '/RCVBUF/d' /etc/puma/puma.rb
systemctl restart puma
cp /run/puma.rb /etc/puma/puma.rb
