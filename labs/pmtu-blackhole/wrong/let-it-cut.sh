#!/bin/bash
# fails: cause
# why: without the mark "do not cut" routers cut every packet to pieces, and the server is as deaf as before; many a way drops the pieces.
set -eu
echo 'net.ipv4.ip_no_pmtu_disc = 1' >/etc/sysctl.d/90-pieces.conf
sysctl -qp /etc/sysctl.d/90-pieces.conf
systemctl restart puma
