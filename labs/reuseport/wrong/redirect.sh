#!/bin/bash
# fails: doors
# why: a detour around the dead socket makes every client happy; it is still there, and with it all who waited in it.
set -eu
sed -i "s#^bind .*#&\nbind 'tcp://0.0.0.0:8080'#" /etc/puma/puma.rb
systemctl restart puma
nft 'add table ip detour; add chain ip detour in { type nat hook prerouting priority dstnat; };
  add rule ip detour in tcp dport 80 redirect to :8080'
