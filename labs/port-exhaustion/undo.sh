#!/bin/bash
# Takes back what fault.sh and break.sh did, for the playground: the kernel's own ports, and no price service. Root, in the guest.
set -eu
rm -f "$LAB_FILE"
echo '32768 60999' >/proc/sys/net/ipv4/ip_local_port_range
echo >/proc/sys/net/ipv4/ip_local_reserved_ports
sed -i 's/^SHOP_UPSTREAM=.*/SHOP_UPSTREAM=/' /etc/default/shop
systemctl restart puma
