#!/bin/bash
# fails: contract
# why: the queue is emptied faster than the line can carry it away.
set -eu
tc qdisc replace dev eth0 root handle 20: tbf rate 40mbit burst 32kb latency 50ms
