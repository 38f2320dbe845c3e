#!/bin/bash
# A right fix in one word: cake shapes and sorts at once. Nothing of the colleague's lines is left.
set -eu
tc qdisc replace dev eth0 root cake bandwidth "$LAB_RATE"
sed -i '/ *post-up \(tc\|ip link\|sh\) /d' /etc/network/interfaces
rm -f /usr/local/sbin/"$LAB_TRACE" /etc/systemd/system/networking.service.d/"$LAB_TRACE".conf
printf '    post-up tc qdisc replace dev eth0 root cake bandwidth %s\n' "$LAB_RATE" >>/etc/network/interfaces
