#!/bin/bash
# fails: served
# why: with 2 TCP is meant to try from the start what fits; on the connections that this server accepts it sends what is too long all the same.
set -eu
echo 'net.ipv4.tcp_mtu_probing = 2' >/etc/sysctl.d/90-probing.conf
sysctl -qp /etc/sysctl.d/90-probing.conf
