#!/bin/bash
# A right fix one step further on: the one processor that is interrupted hands packets to both (RPS), at every boot. Where the card fills one ring only,
# that ring must hold a whole burst, too.
set -eu
# shellcheck disable=SC2016  # the script's own variables
printf '#!/bin/sh\n[ "$IFACE" = eth0 ] || exit 0\nfor cpus in /sys/class/net/eth0/queues/rx-*/rps_cpus; do echo 3 >"$cpus"; done\n' \
  >/etc/network/if-up.d/zzz-steering
if [ "$LAB_CAUSE" = table ]; then echo 'ethtool -G eth0 rx 2048' >>/etc/network/if-up.d/zzz-steering; fi
chmod 755 /etc/network/if-up.d/zzz-steering
IFACE=eth0 /etc/network/if-up.d/zzz-steering
