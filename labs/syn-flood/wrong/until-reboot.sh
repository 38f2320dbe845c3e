#!/bin/bash
# fails: durable
# why: the running kernel sends cookies, and what forbids them is still written for the next boot.
set -eu
echo 1 >/proc/sys/net/ipv4/tcp_syncookies
