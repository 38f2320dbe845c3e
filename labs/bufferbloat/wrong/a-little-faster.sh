#!/bin/bash
# fails: contract
# why: a tenth more than the line is contracted for: small pages are prompt, the downloads get hardly more than the contract by their own count, and each second costs.
set -eu
tc qdisc replace dev eth0 root handle 20: tbf rate $((${LAB_RATE%kbit} * 110 / 100))kbit burst 16kb latency 50ms
tc qdisc replace dev eth0 parent 20:1 fq_codel
