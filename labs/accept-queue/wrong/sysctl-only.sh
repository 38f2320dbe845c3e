#!/bin/bash
# fails: served
# why: the best-known answer to a full accept queue; but the running listener keeps the limit of its own listen() call.
set -eu
echo 'net.core.somaxconn = 65535' >/etc/sysctl.d/99-listen.conf
sysctl -qw net.core.somaxconn=65535
