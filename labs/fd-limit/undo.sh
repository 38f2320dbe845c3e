#!/bin/bash
# Takes back what break.sh did, for the playground: as many descriptors as the unit gives, in the files and in the running Puma. Root, in the guest.
set -eu
sed -i '/RLIMIT_NOFILE/d' /etc/puma/puma.rb
sed -i '/PUMA_OPEN_FILES=/d' /etc/default/puma
read -r pid </sys/fs/cgroup/system.slice/puma.service/cgroup.procs
prlimit --pid "$pid" --nofile=4096:4096
