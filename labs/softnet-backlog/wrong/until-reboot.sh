#!/bin/bash
# fails: durable
# why: the queue is long enough, and whatever made it short is still written for the next boot.
set -eu
sysctl -qw net.core.netdev_max_backlog=4000
