#!/bin/bash
# fails: served
# why: the two best-known places: one is for all processes together and was never near, the other is read at a login, and nobody logs in to start a service.
set -eu
printf 'fs.file-max = 2097152\nfs.nr_open = 2097152\n' >/etc/sysctl.d/99-files.conf
sysctl -qp /etc/sysctl.d/99-files.conf
printf '* soft nofile 65536\n* hard nofile 65536\nshop soft nofile 65536\nshop hard nofile 65536\n' >>/etc/security/limits.conf
systemctl restart puma
