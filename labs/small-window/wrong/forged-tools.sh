#!/bin/bash
# fails: served
# why: the kernel's own file and ss say whatever they are told to say; the clients outside do not.
set -eu
echo '4096 131072 6291456' >/run/memory
mount --bind /run/memory /proc/sys/net/ipv4/tcp_rmem
echo 1 >/run/tuned
mount --bind /run/tuned /proc/sys/net/ipv4/tcp_moderate_rcvbuf
mv /usr/bin/ss /usr/bin/ss.real
printf '#!/bin/sh\n/usr/bin/ss.real "$@" | sed "s/,rb[0-9]*,/,rb131072,/; s/rcv_wnd:[0-9]*/rcv_wnd:64064/"\n' >/usr/bin/ss
chmod 755 /usr/bin/ss
rm -f "/etc/sysctl.d/$LAB_TRACE.conf"
