#!/bin/bash
# Cuts the receive ring, as a careless colleague did, and leaves the small number where the next boot finds it. Two programs at most: each costs
# tenths of a second in a machine that has just been restored, and ethtool less without netlink. Root, in the guest; idempotent: 80 is ethtool's word
# for a ring that is so already.
set -eu
case $LAB_LEFT in
  interfaces)
    file=/etc/network/interfaces
    mapfile -t lines <"$file"
    for i in "${!lines[@]}"; do
      case ${lines[i]} in
        *'post-up ethtool -G'*) lines[i]="    post-up ethtool -G eth0 rx $LAB_RING" ;;
        *'Telemetry comes in bursts'*) lines[i]='    # Short rings, short waits (review of the network settings, part 2).' ;;
      esac
    done
    printf '%s\n' "${lines[@]}" >"$file"
    ;;
  drop-in)
    mkdir -p /etc/systemd/system/networking.service.d
    printf '# Saves the memory of rings that are never full.\n[Service]\nExecStartPost=/usr/sbin/ethtool -G eth0 rx %s\n' "$LAB_RING" \
      >/etc/systemd/system/networking.service.d/60-memory.conf
    ;;
  script)
    file=/etc/network/if-up.d/zz-latency
    # shellcheck disable=SC2016  # the script's own variable
    printf '#!/bin/sh\n# Short rings, short waits.\n[ "$IFACE" = eth0 ] || exit 0\nexec /usr/sbin/ethtool -G eth0 rx %s\n' "$LAB_RING" >"$file"
    chmod 755 "$file"
    ;;
esac
/usr/sbin/ethtool --disable-netlink -G eth0 rx "$LAB_RING" || [ $? -eq 80 ]
