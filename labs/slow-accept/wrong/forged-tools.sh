#!/bin/bash
# fails: served
# why: the server's own tools, and threads with the right names, say whatever they are told to say; the clients outside do not.
set -eu
mv /usr/bin/ss /usr/bin/ss.real
printf '#!/bin/sh\n/usr/bin/ss.real "$@" | sed "s/^\\(LISTEN *\\)[0-9]*/\\10/"\n' >/usr/bin/ss
chmod 755 /usr/bin/ss
setsid ruby --disable=gems -e '
  24.times { |i| Thread.new { Thread.current.name = format("puma srv tp %03d", i + 1); sleep } }
  File.write("/sys/fs/cgroup/system.slice/puma.service/cgroup.procs", Process.pid.to_s)
  sleep' </dev/null >/dev/null 2>&1 &
sleep 2
