#!/bin/bash
# Leaves Puma few descriptors, as somebody did who then restarted it: the limit of the running process is lowered as a start would have lowered it,
# and files say so for every start to come. One program, prlimit, since each costs 0.1 s in a machine that has just been restored. Root, in
# the guest; idempotent.
set -eu
config=/etc/puma/puma.rb settings=/etc/default/puma
without() { # FILE PATTERN: its lines, but for those that match, into `lines`
  local i
  mapfile -t lines <"$1"
  for i in "${!lines[@]}"; do
    # shellcheck disable=SC2053  # a pattern
    if [[ ${lines[i]} == $2 ]]; then unset "lines[i]"; fi
  done
}

number=$LAB_LIMIT
if [ "$LAB_CAUSE" = settings ]; then
  without "$settings" '*PUMA_OPEN_FILES=*'
  printf '%s\n' "${lines[@]}" "PUMA_OPEN_FILES=$LAB_LIMIT" >"$settings"
  number="Integer(ENV.fetch('PUMA_OPEN_FILES', '1024'))"
fi
without "$config" '*RLIMIT_NOFILE*'
printf '%s\n' "${lines[@]}" "Process.setrlimit(Process::RLIMIT_NOFILE, $number) # $LAB_REMARK" >"$config"

read -r pid </sys/fs/cgroup/system.slice/puma.service/cgroup.procs
prlimit --pid "$pid" --nofile="$LAB_LIMIT:$LAB_LIMIT"
while read -r max open files soft _; do
  case "$max $open $files" in 'Max open files') [ "$soft" = "$LAB_LIMIT" ] && exit 0 ;; esac
done <"/proc/$pid/limits"
exit 1
