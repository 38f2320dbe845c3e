#!/bin/bash
# fails: durable
# why: whoever holds the dead socket is killed by hand; the next boot starts the second Puma, and then it happens again.
set -eu
while read -r pid; do kill -KILL "$pid"; done </sys/fs/cgroup/system.slice/puma-b.service/cgroup.procs
sleep 1
