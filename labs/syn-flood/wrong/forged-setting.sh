#!/bin/bash
# fails: served
# why: the server says that it sends cookies, to whoever reads that number; the kernel has not been told.
set -eu
echo 1 >/run/cookies
mount --bind /run/cookies /proc/sys/net/ipv4/tcp_syncookies
echo 'net.ipv4.tcp_syncookies = 1' >/etc/sysctl.d/99-syn.conf
