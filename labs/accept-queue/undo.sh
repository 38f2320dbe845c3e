#!/bin/bash
# Takes back what break.sh did, for the playground: the files as they were, and a listen() by today's somaxconn. Root, in the guest.
set -eu
rm -f "/etc/sysctl.d/$LAB_TRACE.conf"
echo 4096 >/proc/sys/net/core/somaxconn
sed -i "s|^bind .*|bind 'tcp://0.0.0.0:80'|" /etc/puma/puma.rb
relisten 80 1024 1024
