#!/bin/bash
# fails: served
# why: the check of senders only reports; without it the packets get in, and where a route is wrong their answers still go astray.
set -eu
echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter
echo 0 >/proc/sys/net/ipv4/conf/eth0/rp_filter
