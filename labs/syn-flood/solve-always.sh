#!/bin/bash
# A right fix that leaves what the colleague wrote and has the last word: cookies for everybody, whether the queue is full or not.
set -eu
if [ "$LAB_PLACE" = sysctl ]; then
  echo 'net.ipv4.tcp_syncookies = 2' >/etc/sysctl.d/99-zz-syn.conf
else
  sed -i 's/tcp_syncookies=0/tcp_syncookies=2/' /etc/network/interfaces
fi
echo 2 >/proc/sys/net/ipv4/tcp_syncookies
