#!/bin/bash
# The reference: cookies, the kernel's own default, again; what forbade them is gone. Lasts over a reboot. Nothing is restarted.
set -eu
rm -f /etc/sysctl.d/[6-9]0-*.conf
sed -i '/up sysctl -qw/d' /etc/network/interfaces
echo 'net.ipv4.tcp_syncookies = 1' >/etc/sysctl.d/99-syn.conf
sysctl -qp /etc/sysctl.d/99-syn.conf
