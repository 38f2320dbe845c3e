#!/bin/bash
# fails: served
# why: the other queue of the same socket; half-open connections were never the ones that were lost.
set -eu
sysctl -qw net.ipv4.tcp_max_syn_backlog=65535 net.ipv4.tcp_synack_retries=8
