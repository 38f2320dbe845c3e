#!/bin/bash
# fails: served
# why: rmem_max bounds what an application asks for, rmem_default is for sockets that are not TCP's; nobody who waits here goes by either.
set -eu
printf 'net.core.rmem_max = 16777216\nnet.core.rmem_default = 16777216\n' >/etc/sysctl.d/99-receive.conf
sysctl -qp /etc/sysctl.d/99-receive.conf
systemctl restart puma
