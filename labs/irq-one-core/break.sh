#!/bin/bash
# Leaves all of the card's work to one processor, as somebody did who wanted the other one free for the shop, and writes it where the next boot finds
# it. Root, in the guest; idempotent. Two programs at most: each costs tenths of a second in a machine that has just been restored.
set -eu
case $LAB_CAUSE in
  affinity)
    for file in /proc/irq/*/eth0*/../smp_affinity; do echo "$LAB_MASK" >"$file"; done
    # shellcheck disable=SC2016  # the loop's own variable
    command='for irq in /proc/irq/*/eth0*/../smp_affinity; do echo '$LAB_MASK' >$irq; done'
    ;;
  table)
    command="/usr/sbin/ethtool -X eth0 weight $LAB_WEIGHTS"
    $command
    ;;
esac
remark='# One processor for the network, so that the shop has the other one to itself.'
case $LAB_LEFT in
  interfaces)
    IFS= read -rd '' text </etc/network/interfaces || true
    case $text in *"$command"*) ;; *) printf '    %s\n    post-up %s\n' "$remark" "$command" >>/etc/network/interfaces ;; esac
    ;;
  drop-in)
    mkdir -p /etc/systemd/system/networking.service.d
    if [ "$LAB_CAUSE" = affinity ]; then command="/bin/sh -c '${command//\$/\$\$}'"; fi
    printf '%s\n[Service]\nExecStartPost=%s\n' "$remark" "$command" >/etc/systemd/system/networking.service.d/60-shop.conf
    ;;
  script)
    file=/etc/network/if-up.d/zz-shop
    # shellcheck disable=SC2016  # the script's own variable
    printf '#!/bin/sh\n%s\n[ "$IFACE" = eth0 ] || exit 0\n%s\n' "$remark" "$command" >"$file"
    chmod 755 "$file"
    ;;
esac
