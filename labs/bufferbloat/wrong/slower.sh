#!/bin/bash
# fails: contract
# why: the queue is fair now, and half of the line that is paid for is never used.
set -eu
tc qdisc replace dev eth0 root cake bandwidth $((${LAB_RATE%kbit} / 2))kbit
