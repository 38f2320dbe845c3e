#!/bin/bash
# fails: durable
# why: the running kernel has room, and what made the table small is still written for the next boot.
set -eu
sysctl -qw net.netfilter.nf_conntrack_max=65536 net.netfilter.nf_conntrack_tcp_timeout_time_wait=120
