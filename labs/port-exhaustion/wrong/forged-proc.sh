#!/bin/bash
# fails: served
# why: files laid over the kernel's say whatever they are told to say; the clients and the price service outside do not.
set -eu
echo '32768	60999' >/run/range
: >/run/reserved
mount --bind /run/range /proc/sys/net/ipv4/ip_local_port_range
mount --bind /run/reserved /proc/sys/net/ipv4/ip_local_reserved_ports
rm -f "$LAB_FILE"
