#!/bin/bash
# fails: served
# why: congestion control, Nagle, window scaling, long queues: what everybody tunes on a slow line. None of it lets a client send more ahead.
set -eu
sysctl -qw net.ipv4.tcp_congestion_control=reno net.ipv4.tcp_slow_start_after_idle=0 net.ipv4.tcp_window_scaling=0 \
  net.ipv4.tcp_wmem='4096 131072 8388608' net.core.somaxconn=65535 net.core.netdev_max_backlog=10000 net.ipv4.tcp_adv_win_scale=2
sed -i "s#^bind .*#bind 'tcp://0.0.0.0:80?backlog=8192\&low_latency=true'#" /etc/puma/puma.rb
systemctl restart puma
