#!/bin/bash
# fails: served
# why: a file laid over another one says whatever it is told to say, even below /proc; the clients outside do not.
set -eu
pid=$(systemctl show -P MainPID puma)
sed "s/^\(Max open files *\).*/\165536                65536                files/" "/proc/$pid/limits" >/run/limits
mount --bind /run/limits "/proc/$pid/limits"
sed -i '/RLIMIT_NOFILE/d' /etc/puma/puma.rb
sed -i 's/^LimitNOFILE=.*/LimitNOFILE=65536/' /etc/systemd/system/puma.service
