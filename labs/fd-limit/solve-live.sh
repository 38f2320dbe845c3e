#!/bin/bash
# A right fix without a restart: the running Puma may have more from now on, and the next one is not lowered any more.
set -eu
prlimit --pid "$(systemctl show -P MainPID puma)" --nofile=4096:8192
sed -i '/RLIMIT_NOFILE/d' /etc/puma/puma.rb
