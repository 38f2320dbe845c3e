#!/bin/bash
# fails: served
# why: the right limit of the right process, and a few more; nobody counted how many clients hold a connection at once.
set -eu
prlimit --pid "$(systemctl show -P MainPID puma)" --nofile=$((LAB_LIMIT + 10))
