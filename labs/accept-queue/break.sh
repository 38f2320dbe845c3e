#!/bin/bash
# Makes the accept queue of port 80 too short, as somebody left it who then restarted Puma. Puma itself is not restarted, which would take
# seconds: listen() is called again on its socket, and the kernel computes the limit exactly as at a start. `relisten` is a builtin of the
# bash that runs this; no process is started, since each would cost 0.2 s in a machine that has just been restored. Root, in the guest;
# idempotent.
set -eu
sysctl=/etc/sysctl.d/$LAB_TRACE.conf config=/etc/puma/puma.rb

if [ "$LAB_CAUSE" = somaxconn ]; then
  printf '# Cuts what one listener may hold, against floods.\nnet.core.somaxconn = %s\n' "$LAB_LIMIT" >"$sysctl"
  echo "$LAB_LIMIT" >/proc/sys/net/core/somaxconn
  backlog=1024
else
  mapfile -t lines <"$config"
  for i in "${!lines[@]}"; do
    case ${lines[i]} in bind*) lines[i]="bind 'tcp://0.0.0.0:80?backlog=$LAB_LIMIT' # $LAB_TRACE" ;; esac
  done
  printf '%s\n' "${lines[@]}" >"$config"
  backlog=$LAB_LIMIT
fi
relisten 80 "$backlog" "$LAB_LIMIT"
