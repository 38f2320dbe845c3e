#!/bin/bash
# fails: durable
# why: the running kernel has ports enough; the file that took them has not changed.
set -eu
sysctl -qw net.ipv4.ip_local_reserved_ports= net.ipv4.ip_local_port_range='32768 60999'
