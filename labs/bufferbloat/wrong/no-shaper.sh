#!/bin/bash
# fails: contract
# why: without the shaper nothing waits on this server; now the queue is the provider's, and so is the choice of what to drop.
set -eu
tc qdisc replace dev eth0 root fq_codel
sed -i '/ *post-up \(tc\|ip link\|sh\) /d' /etc/network/interfaces
rm -f /usr/local/sbin/"$LAB_TRACE" /etc/systemd/system/networking.service.d/"$LAB_TRACE".conf
