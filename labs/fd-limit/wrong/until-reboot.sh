#!/bin/bash
# fails: durable
# why: the running server is mended, at once and without a restart; the file that made it so has not changed.
set -eu
prlimit --pid "$(systemctl show -P MainPID puma)" --nofile=8192:8192
