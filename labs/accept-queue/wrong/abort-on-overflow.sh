#!/bin/bash
# fails: clients
# why: nobody waits any more, since whoever does not fit is reset.
set -eu
sysctl -qw net.ipv4.tcp_abort_on_overflow=1
