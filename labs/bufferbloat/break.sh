#!/bin/bash
# Shapes the way out to what the line is contracted for, as it should be, and lets far too much wait there: as a careful colleague did who wanted no packet lost. Written
# where the next boot finds it. One program, `tc`, since each costs 0.1 s and more in a machine that has just been restored. Root, in the guest; idempotent.
set -eu
queue=/sys/class/net/eth0/tx_queue_len script=/usr/local/sbin/$LAB_TRACE
tbf="tc qdisc replace dev eth0 root handle 1: tbf rate $LAB_RATE burst 16kb"
htb=("tc qdisc replace dev eth0 root handle 1: htb default 10" "tc class replace dev eth0 parent 1: classid 1:10 htb rate $LAB_RATE burst 16kb")

case $LAB_CAUSE in
  tbf-pfifo) lines=("$tbf latency 50ms" "tc qdisc replace dev eth0 parent 1:1 handle 10: pfifo limit $LAB_LIMIT") ;;
  tbf) lines=("$tbf limit $LAB_LIMIT") ;;
  htb-bfifo) lines=("${htb[@]}" "tc qdisc replace dev eth0 parent 1:10 handle 10: bfifo limit $LAB_LIMIT") ;;
  htb-txqueuelen)
    lines=("ip link set dev eth0 txqueuelen $LAB_LIMIT" "${htb[@]}")
    echo "$LAB_LIMIT" >"$queue"
    ;;
esac

interfaces=/etc/network/interfaces
if [[ $(<"$interfaces") != *"($LAB_TRACE)"* ]]; then
  printf '    # The line is contracted for %s/s (%s). Room enough for every packet: none may be lost.\n' "$LAB_RATE" "$LAB_TRACE" >>"$interfaces"
  case $LAB_PLACE in
    interfaces) printf '    post-up %s\n' "${lines[@]}" >>"$interfaces" ;;
    script) printf '    post-up sh %s\n' "$script" >>"$interfaces" ;;
  esac
fi
if [ "$LAB_PLACE" != interfaces ]; then
  printf '# Keeps to the rate of the line. Room enough for every packet: none may be lost.\n' >"$script"
  printf '%s\n' "${lines[@]}" >>"$script"
fi
if [ "$LAB_PLACE" = drop-in ]; then
  printf '[Service]\nExecStartPost=/bin/sh %s\n' "$script" >/etc/systemd/system/networking.service.d/"$LAB_TRACE".conf
fi

commands=()
for line in "${lines[@]}"; do case $line in tc*) commands+=("${line#tc }") ;; esac; done
make() { printf '%s\n' "$@" | tc -batch -; }
# HTB cannot be changed, only made: when it is there already, whatever is there goes first.
make "${commands[@]}" 2>/dev/null || make 'qdisc replace dev eth0 root pfifo' "${commands[@]}"
