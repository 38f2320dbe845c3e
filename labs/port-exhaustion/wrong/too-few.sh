#!/bin/bash
# fails: served
# why: the right setting and a dozen more ports; nobody counted how many calls a minute makes.
set -eu
printf "net.ipv4.ip_local_reserved_ports =\nnet.ipv4.ip_local_port_range = 50000 %s\n" $((50000 + LAB_PORTS + 11)) >/etc/sysctl.d/99-ports.conf
sysctl -qp /etc/sysctl.d/99-ports.conf
