#!/bin/bash
# Makes conntrack's table too small, as somebody left it who wanted to save memory: the running kernel and what the next boot reads. Builtins
# only, since each program would cost 0.1 s and more in a machine that has just been restored. Root, in the guest; idempotent.
set -eu
proc=/proc/sys/net/netfilter
names=(nf_conntrack_max) values=("$LAB_LIMIT")
if [ "$LAB_CLOSED" != 120 ]; then
  names+=(nf_conntrack_tcp_timeout_time_wait) values+=("$LAB_CLOSED")
fi

if [ "$LAB_PLACE" = sysctl ]; then
  file=/etc/sysctl.d/$LAB_TRACE.conf
  printf '# 256 MB are not much. Each entry costs 320 bytes, and these were thousands.\n' >"$file"
  for i in "${!names[@]}"; do printf 'net.netfilter.%s = %s\n' "${names[i]}" "${values[i]}" >>"$file"; done
else
  # A redirection makes no directory, and mkdir is a program; systemd-analyze shows what is here as any other drop-in.
  folder=/etc/systemd/system/nftables.service.d file=$folder/$LAB_TRACE.conf
  [ -d "$folder" ] || mkdir -p "$folder"
  printf '# 256 MB are not much. Each entry costs 320 bytes, and these were thousands.\n[Service]\n' >"$file"
  for i in "${!names[@]}"; do printf 'ExecStartPost=/usr/sbin/sysctl -q net.netfilter.%s=%s\n' "${names[i]}" "${values[i]}" >>"$file"; done
fi
for i in "${!names[@]}"; do
  echo "${values[i]}" >"$proc/${names[i]}"
  [ "$(<"$proc/${names[i]}")" = "${values[i]}" ]
done
