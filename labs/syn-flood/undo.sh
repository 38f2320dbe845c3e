#!/bin/bash
# Takes back what break.sh did, for the playground: the kernel's own numbers, and a listen() by them. Root, in the guest.
set -eu
rm -f "/etc/sysctl.d/$LAB_TRACE.conf"
sed -i '/cookies break TCP options/d; /up sysctl -qw net\.\(ipv4\.tcp_syncookies\|ipv4\.tcp_max_syn_backlog\|core\.somaxconn\)=/d' /etc/network/interfaces
sed -i "s|^bind .*|bind 'tcp://0.0.0.0:80'|" /etc/puma/puma.rb
echo 1 >/proc/sys/net/ipv4/tcp_syncookies
echo 128 >/proc/sys/net/ipv4/tcp_max_syn_backlog
echo 4096 >/proc/sys/net/core/somaxconn
relisten 80 1024 1024
