#!/bin/bash
# The reference: the ports that a server has for its calls are the kernel's usual ones again, now and at the next boot.
set -eu
rm -f "$LAB_FILE"
sysctl -qw net.ipv4.ip_local_reserved_ports= net.ipv4.ip_local_port_range='32768 60999'
