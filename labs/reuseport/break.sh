#!/bin/bash
# Two Pumas listen on port 80, each with a socket of its own. From here on the second one accepts nobody: it is suspended, or it is gone and a
# process that it forked keeps its socket. Builtins alone: each process would cost 0.1 s in a machine that has just been restored. Root, in the
# guest; idempotent.
set -eu
shopt -s nullglob
unit=/etc/systemd/system/puma-b.service.d config=/etc/puma/puma.rb

# Both Pumas read this file.
mapfile -t lines <"$config"
for i in "${!lines[@]}"; do
  case ${lines[i]} in bind*) lines[i]="bind 'tcp://0.0.0.0:80?backlog=$LAB_LIMIT'" ;; esac
done
printf '%s\n' "${lines[@]}" >"$config"
relisten 80 "$LAB_LIMIT" "$LAB_LIMIT"

puma='' helper=''
while read -r pid; do
  read -r name <"/proc/$pid/comm" || continue
  case $name in thumbnails) helper=$pid ;; puma*) puma=$pid ;; esac
done </sys/fs/cgroup/system.slice/puma-b.service/cgroup.procs

exec 9<> <(:)
gone() { # PID: its parent has taken note
  for _ in {1..100}; do
    if [ ! -e "/proc/$1" ]; then return 0; fi
    read -rt 0.02 -u 9 || true
  done
  return 1
}

case $LAB_CAUSE in
  stopped)
    printf '# %s\n[Service]\nExecStartPost=/bin/kill -STOP $MAINPID\n' "$LAB_REMARK" >"$unit/standby.conf"
    if [ -n "$helper" ]; then kill -KILL "$helper" && gone "$helper"; fi
    kill -STOP "$puma"
    for _ in {1..50}; do
      read -r stat <"/proc/$puma/stat"
      case ${stat##*) } in T*) break ;; esac
      read -rt 0.02 -u 9 || true
    done
    case ${stat##*) } in T*) ;; *) exit 1 ;; esac
    ;;
  orphan)
    printf '# %s\n[Service]\nRuntimeMaxSec=%smin\nKillSignal=SIGKILL\n' "$LAB_REMARK" "$LAB_MINUTES" >"$unit/retire.conf"
    [ -n "$helper" ]
    if [ -n "$puma" ]; then kill -KILL "$puma" && gone "$puma"; fi
    ;;
esac

listeners=0
while read -r _ local _ state _; do
  case $state:$local in 0A:*:0050) listeners=$((listeners + 1)) ;; esac
done </proc/net/tcp
[ "$listeners" = 2 ]
