#!/bin/bash
# Steers received packets to other processors (RPS) and lets hardly any of them wait there, as somebody did who had read half of an article. The
# small number is left where the next boot finds it. Root, in the guest; idempotent. Only chmod is a program: each costs tenths of a second in a
# machine that has just been restored.
set -eu
script=/etc/network/if-up.d/zz-steering
small="echo $LAB_BACKLOG >/proc/sys/net/core/netdev_max_backlog"
if [ "$LAB_LEFT" = sysctl ]; then
  printf '# Packets that wait are late anyway: keep the queue short.\nnet.core.netdev_max_backlog = %s\n' "$LAB_BACKLOG" >"/etc/sysctl.d/$LAB_FILE.conf"
  small=
fi
# shellcheck disable=SC2016  # the script's own variables
printf '#!/bin/sh\n# Both processors shall work for the network.\n[ "$IFACE" = eth0 ] || exit 0\nfor cpus in /sys/class/net/eth0/queues/rx-*/rps_cpus; do echo %s >"$cpus"; done\n%s\n' \
  "$LAB_MASK" "$small" >"$script"
chmod 755 "$script"
for cpus in /sys/class/net/eth0/queues/rx-*/rps_cpus; do echo "$LAB_MASK" >"$cpus"; done
echo "$LAB_BACKLOG" >/proc/sys/net/core/netdev_max_backlog
read -r now </proc/sys/net/core/netdev_max_backlog
[ "$now" = "$LAB_BACKLOG" ]
