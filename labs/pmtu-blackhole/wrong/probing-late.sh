#!/bin/bash
# fails: served
# why: TCP suspects a black hole after it has repeated itself for three seconds, on every connection anew.
set -eu
echo 'net.ipv4.tcp_mtu_probing = 1' >/etc/sysctl.d/90-probing.conf
sysctl -qp /etc/sysctl.d/90-probing.conf
