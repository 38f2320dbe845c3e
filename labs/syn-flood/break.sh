#!/bin/bash
# Makes the queue of half-open connections short and forbids the kernel its remedy, as somebody left it long before anybody abused it. Puma is
# not restarted: `relisten`, a builtin of the bash that runs this, calls listen() again on its socket. Builtins only, since each program costs
# 0.1 s and more in a machine that has just been restored. Root, in the guest; idempotent.
set -eu
names=(ipv4.tcp_syncookies) values=(0) backlog=1024 limit=1024 config=/etc/puma/puma.rb

case $LAB_BOUND in
  syn-backlog) names+=(ipv4.tcp_max_syn_backlog) values+=("$LAB_LIMIT") ;;
  somaxconn) names+=(core.somaxconn) values+=("$LAB_LIMIT") limit=$LAB_LIMIT ;;
  bind)
    backlog=$LAB_LIMIT limit=$LAB_LIMIT
    mapfile -t lines <"$config"
    for i in "${!lines[@]}"; do
      case ${lines[i]} in bind*) lines[i]="bind 'tcp://0.0.0.0:80?backlog=$LAB_LIMIT' # whoever waits longer gives up anyway" ;; esac
    done
    printf '%s\n' "${lines[@]}" >"$config"
    ;;
esac

for i in "${!names[@]}"; do
  echo "${values[i]}" >"/proc/sys/net/${names[i]//.//}"
  [ "$(<"/proc/sys/net/${names[i]//.//}")" = "${values[i]}" ]
done
relisten 80 "$backlog" "$limit"

if [ "$LAB_PLACE" = sysctl ]; then
  file=/etc/sysctl.d/$LAB_TRACE.conf
  printf '# Lean and by the book: cookies break TCP options, and nobody needs long queues.\n' >"$file"
  for i in "${!names[@]}"; do printf 'net.%s = %s\n' "${names[i]}" "${values[i]}" >>"$file"; done
elif [[ $(</etc/network/interfaces) != *tcp_syncookies* ]]; then
  printf '    # %s: cookies break TCP options, and nobody needs long queues\n' "${LAB_TRACE#*-}" >>/etc/network/interfaces
  for i in "${!names[@]}"; do printf '    up sysctl -qw net.%s=%s\n' "${names[i]}" "${values[i]}" >>/etc/network/interfaces; done
fi
