#!/bin/bash
# A right fix that leaves the colleague's lines and has the last word after them: a larger number where a number is in force.
set -eu
case $LAB_CAUSE in
  socket) sed -i 's/RCVBUF, [0-9]*/RCVBUF, 212992/' /etc/puma/puma.rb ;;
  *)
    if [ "$LAB_PLACE" = sysctl ]; then
      printf 'net.ipv4.tcp_rmem = 4096 131072 2097152\nnet.ipv4.tcp_moderate_rcvbuf = 1\n' >/etc/sysctl.d/99-zz-receive.conf
    else
      printf '    up sysctl -qw net.ipv4.tcp_rmem="4096 131072 2097152" net.ipv4.tcp_moderate_rcvbuf=1\n' >>/etc/network/interfaces
    fi
    sysctl -qw net.ipv4.tcp_rmem='4096 131072 2097152' net.ipv4.tcp_moderate_rcvbuf=1
    ;;
esac
systemctl restart puma
