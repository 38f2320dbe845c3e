#!/bin/bash
# Puma has run with few threads since it started, and asks a price service that takes its time: both are in the machine's template. This writes
# down why, as a colleague would have. Builtins alone: each process would cost 0.1 s in a machine that has just been restored. Root, in the
# guest; idempotent.
set -eu
replace() { # FILE PATTERN LINE: each line that matches
  local lines i
  mapfile -t lines <"$1"
  for i in "${!lines[@]}"; do
    # shellcheck disable=SC2053  # a pattern
    if [[ ${lines[i]} == $2 ]]; then lines[i]=$3; fi
  done
  printf '%s\n' "${lines[@]}" >"$1"
}

# While the template was made, the machine had the price service's address itself; its last trace may still be going.
exec 9<> <(:)
for _ in {1..60}; do
  IFS= read -rd '' routes </proc/net/fib_trie || true
  case $routes in *'|-- 198.18.0.1'$'\n'*) read -rt 0.05 -u 9 || true ;; *) break ;; esac
done

case $LAB_CAUSE in
  settings) replace /etc/default/puma 'PUMA_THREADS=*' "PUMA_THREADS=$LAB_THREADS" ;;
  config)
    replace /etc/default/puma 'PUMA_THREADS=*' "PUMA_THREADS=$LAB_DECOY"
    replace /etc/puma/puma.rb 'threads *' "threads $LAB_THREADS, $LAB_THREADS # $LAB_REMARK"
    ;;
  override)
    replace /etc/default/puma 'PUMA_THREADS=*' "PUMA_THREADS=$LAB_DECOY"
    printf '# %s\nPUMA_THREADS=%s\n' "$LAB_REMARK" "$LAB_THREADS" >/etc/default/puma-local
    ;;
esac

# Puma's threads, by name: if there are others than these, somebody has restarted it.
declare -A seen=()
while read -r pid; do
  for task in /proc/"$pid"/task/*; do
    if read -r name 2>/dev/null <"$task/comm"; then
      case $name in 'puma srv tp '[0-9]*) seen[$name]=1 ;; esac
    fi
  done
done </sys/fs/cgroup/system.slice/puma.service/cgroup.procs
[ "${#seen[@]}" = "$LAB_THREADS" ]
