#!/bin/bash
# Takes back what fault.sh and break.sh did, for the playground: the kernel's own queues, and as many threads as the image gives. Root, in the guest.
set -eu
# Where somebody has taken it away already there is none to delete.
tc qdisc del dev eth0 root 2>/dev/null || true
echo 1000 >/sys/class/net/eth0/tx_queue_len
rm -f "/usr/local/sbin/$LAB_TRACE" "/etc/systemd/system/networking.service.d/$LAB_TRACE.conf"
sed -i "/ ($LAB_TRACE)\. Room enough/d; /post-up \(tc\|ip link set\) .*eth0/d; /post-up sh .*$LAB_TRACE/d" /etc/network/interfaces
sed -i 's/^PUMA_THREADS=.*/PUMA_THREADS=8/' /etc/default/puma
systemctl restart puma
