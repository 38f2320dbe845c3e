#!/bin/bash
# Leaves the server few local ports for its calls, and uses them up at once, as a few minutes of customers would. Builtins alone: each process
# would cost 0.1 s in a machine that has just been restored. Root, in the guest; idempotent.
set -eu
{
  printf '# %s\n' "$LAB_REMARK"
  if [ "$LAB_CAUSE" != reserved ]; then printf 'net.ipv4.ip_local_port_range = %s\n' "$LAB_RANGE"; fi
  if [ "$LAB_CAUSE" != range ]; then printf 'net.ipv4.ip_local_reserved_ports = %s\n' "$LAB_RESERVED"; fi
} >"$LAB_FILE"
printf '%s\n' "$LAB_RANGE" >/proc/sys/net/ipv4/ip_local_port_range
printf '%s\n' "$LAB_RESERVED" >/proc/sys/net/ipv4/ip_local_reserved_ports

# Each call that opens and closes keeps its port for a minute. It is over when no call gets through any more and as many ports are kept; the
# world may not have opened the price service yet, and on a busy host the last connections may still be closing.
used() {
  local lines line count=0
  mapfile -t lines </proc/net/tcp
  for line in "${lines[@]}"; do
    case $line in *' 020012C6:'*' 010012C6:1F90 0'[456]*) count=$((count + 1)) ;; esac
  done
  [ "$count" -ge "$LAB_PORTS" ]
}
exec 9<> <(:)
for _ in {1..400}; do
  if ! { : 3<>/dev/tcp/198.18.0.1/8080; } 2>/dev/null; then
    if used; then exit 0; fi
    read -rt 0.02 -u 9 || true
  fi
done
exit 1
