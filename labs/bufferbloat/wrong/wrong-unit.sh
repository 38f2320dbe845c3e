#!/bin/bash
# fails: prompt
# why: a rate without a unit is one of bits a second: the queue is fair, and next to nothing leaves it. That all is slow, also before anybody downloads, is not the host's doing.
set -eu
tc qdisc replace dev eth0 root handle 20: tbf rate "${LAB_RATE%kbit}" burst 16kb latency 50ms
tc qdisc replace dev eth0 parent 20:1 fq_codel
